package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.wasmservlet.compiler.freeze.FormRegistry;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.load.CodeParts;
import org.wasmservlet.compiler.load.GeneratedCode;
import org.wasmservlet.compiler.load.InstanceParts;
import org.wasmservlet.compiler.runtime.Context;
import org.wasmservlet.compiler.runtime.FlatMemory;
import org.wasmservlet.compiler.runtime.Images;

/**
 * A compiled module. Any number of instances can be made from it, by any threads. Holds no
 * instruction of the module: that can be dropped.
 */
public final class CompiledCode {
  private final CodeParts parts;
  private final GeneratedCode code;
  private final Images images;
  private final FormRegistry forms;

  CompiledCode(CodeParts parts) {
    this.parts = parts;
    this.code = new GeneratedCode(parts.index(), parts.classes());
    this.images = parts.images();
    this.forms = new FormRegistry(code, parts.index());
  }

  /**
   * A builder of instances that costs little: memory and tables are laid down as a whole, from what
   * was made once. It has the module and all factories; imports are the caller's to add, and a
   * factory must not be replaced. For one instance after the other, on one thread. The machine of
   * an instance is a {@link CompiledMachine}; closing it passes the memory on to the next.
   *
   * @return a new builder
   */
  public Instance.Builder builder() {
    return builder(MemoryLimiter.UNLIMITED);
  }

  /**
   * As {@link #builder()}, for instances that something limits. There is no instance if there is no
   * room for its memory or a table: building it throws an UninstantiableException. What cannot grow
   * answers -1.
   *
   * @param limiter asked for what memories and tables take
   * @return a new builder
   */
  public Instance.Builder builder(MemoryLimiter limiter) {
    return builder(this::newContext, images, limiter);
  }

  /** Begins an instance of this code or of another form of it. */
  static Instance.Builder builder(
      Function<Instance, Context> contexts, Images images, MemoryLimiter limiter) {
    return new InstanceParts(
            contexts, images, limiter::reserve, limiter::release, CompiledMachine::new)
        .builder();
  }

  /**
   * What {@link #builder()} makes instances from: the module without code, and without the active
   * segments that were laid down in advance. Of use with that builder alone.
   *
   * @return never null
   */
  public WasmModule module() {
    return images.module();
  }

  /**
   * For {@code Instance.builder(module).withMachineFactory}, where {@link #builder()} cannot be
   * used; {@code module} is the one that was compiled. The machines it makes are {@link
   * CompiledMachine}s. An instance with a memory must have it from {@link #memoryFactory()}.
   *
   * @return never null
   */
  public Function<Instance, Machine> machineFactory() {
    return instance -> new CompiledMachine(code.newContext(instance));
  }

  /**
   * For {@code Instance.builder(module).withMemoryFactory}, and for memories that the module is to
   * import.
   *
   * @return never null
   */
  public Function<MemoryLimits, Memory> memoryFactory() {
    return memoryFactory(MemoryLimiter.UNLIMITED);
  }

  /**
   * As {@link #memoryFactory()}, for memories that something limits. A memory that there is no room
   * for is not made: the factory throws an UninstantiableException; one that cannot grow answers
   * -1.
   *
   * @param limiter asked for every allocation
   * @return never null
   */
  public Function<MemoryLimits, Memory> memoryFactory(MemoryLimiter limiter) {
    return limits -> new FlatMemory(limits, images, limiter::reserve, limiter::release);
  }

  /**
   * The functions of the module.
   *
   * @return how many, imported ones not counted
   */
  public int functionCount() {
    return parts.index().packs().length;
  }

  /**
   * Counts the functions that cannot be on the stack where a {@link Freezer} stops.
   *
   * @return those that make tail calls, and those that catch exceptions
   */
  public int unfreezableFunctions() {
    BitSet functions = (BitSet) parts.index().tailCalling().clone();
    functions.or(parts.index().catching());
    return functions.cardinality();
  }

  /**
   * The classes that have been needed so far: what {@link #loadClasses} can load ahead at the next
   * start.
   *
   * @return their names, in the order in which they were first needed
   */
  public List<String> loadedClasses() {
    return code.loadedClasses();
  }

  /**
   * Loads classes before they are needed, on the calling thread, until it is interrupted. Loading
   * and verifying them is a large part of what the first call of a large program costs, and can be
   * done beside it.
   *
   * @param names as {@link #loadedClasses()} gave them, perhaps in another process; a name that is
   *     none of a class of this code is passed over
   */
  public void loadClasses(List<String> names) {
    code.loadClasses(names);
  }

  /**
   * Reads a function index from a Java stack trace. A function that is cut into several methods
   * gives one element with its index however many of its methods are on the stack.
   *
   * @param element of the stack trace
   * @return the index of the WebAssembly function, imported ones counted; empty if the element is
   *     none
   */
  public static OptionalInt functionIndex(StackTraceElement element) {
    int function = ClassNames.functionOf(element.getClassName(), element.getMethodName());
    return function < 0 ? OptionalInt.empty() : OptionalInt.of(function);
  }

  /** Makes the state of a new instance. */
  Context newContext(Instance instance) {
    return code.newContext(instance);
  }

  FormRegistry forms() {
    return forms;
  }

  CodeParts parts() {
    return parts;
  }
}
