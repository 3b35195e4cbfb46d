package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Map;

/** The code of a module, shared by all its instances. Safe for use by several threads. */
public abstract class LoadedCode {
  /** By function index; null until a function is first called indirectly or from outside. */
  final Entry[] entries;

  private final int[] signatures;
  private final FunctionType[] types;
  private final Map<FunctionType, Integer> numbers;

  /**
   * Made by the compiler.
   *
   * @param signatures the number of every function's type, imports first
   * @param types the distinct function types by number
   * @param numbers the reverse of it
   */
  protected LoadedCode(int[] signatures, FunctionType[] types, Map<FunctionType, Integer> numbers) {
    this.entries = new Entry[signatures.length];
    this.signatures = signatures;
    this.types = types;
    this.numbers = numbers;
  }

  /**
   * Makes the object of a function.
   *
   * @param function its index
   * @return the object
   */
  protected abstract Entry newEntry(int function);

  /**
   * Makes the object of another instance's function.
   *
   * @param signature number of its type here
   * @param instance the other instance
   * @param function its index there
   * @return the object
   */
  protected abstract Entry newForeignEntry(int signature, Instance instance, int function);

  final Entry entry(int function) {
    Entry entry = entries[function];
    if (entry == null) {
      // Two threads may both make one: they are alike, and final fields make that safe.
      entry = newEntry(function);
      entries[function] = entry;
    }
    return entry;
  }

  final FunctionType typeOf(int function) {
    return types[signatures[function]];
  }

  final Entry foreign(Instance instance, int function) {
    FunctionType type = instance.type(instance.functionType(function));
    Integer number = numbers.get(type);
    if (number == null) {
      throw Traps.typeMismatch();
    }
    return newForeignEntry(number, instance, function);
  }

  final int functionCount() {
    return signatures.length;
  }
}
