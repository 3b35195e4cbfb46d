package org.wasmservlet.compiler.pipeline;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.wasmservlet.compiler.binary.Outline;
import org.wasmservlet.compiler.binary.Values;
import org.wasmservlet.compiler.code.BinaryCode;
import org.wasmservlet.compiler.code.Code;
import org.wasmservlet.compiler.code.ModuleTypes;
import org.wasmservlet.compiler.decode.FunctionBuilder;
import org.wasmservlet.compiler.emit.Bridges;
import org.wasmservlet.compiler.emit.FunctionForm;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Form;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.load.CodeIndex;

/** Compiles a few functions of a module again, to other forms. */
public final class FormCompiler {
  private final byte[] binary;
  private final CodeIndex index;
  private final int chunkBytes;
  private final boolean marksWrites;

  /**
   * Makes a compiler.
   *
   * @param binary of the module
   * @param index of what it was compiled to, with the same options
   */
  public FormCompiler(byte[] binary, CodeIndex index, int chunkBytes, boolean marksWrites) {
    this.binary = binary;
    this.index = index;
    this.chunkBytes = chunkBytes;
    this.marksWrites = marksWrites;
  }

  /**
   * Compiles functions to their capturing form, in which they call each other.
   *
   * @param functions none imported, and none that leaves tail calls
   * @param generation the number of this set of functions
   * @return the classes by internal name, entries too, and what each function became
   */
  public Forms capturing(BitSet functions, int generation) {
    ModuleShape shape = shape();
    Code code = code(shape);
    ClassNames names = index.names().withCapturing(functions, generation);
    Forms forms = new Forms(new HashMap<>(), new HashMap<>());
    functions.stream()
        .forEach(
            function -> {
              String main = ClassNames.capturing(function, generation);
              forms.add(function, compile(shape, code, names, main, function, Form.CAPTURING));
              String entry = ClassNames.capturingEntry(function, generation);
              forms.classes.put(
                  entry,
                  Bridges.entryClass(entry, function, shape.signature(function), main, false));
            });
    return forms;
  }

  /**
   * Compiles functions to forms that go on after calls, and can be frozen once more.
   *
   * @param functions those that they call in their capturing form
   * @param generation the number of that set
   * @param sites by function: the numbers of the calls
   * @param number of these sites among those that there are with the set
   * @return the classes by internal name, and what each function became
   */
  public Forms resumingCapturing(
      BitSet functions, int generation, Map<Integer, BitSet> sites, int number) {
    return resuming(
        index.names().withCapturing(functions, generation),
        sites,
        function -> ClassNames.resumingCapturing(function, generation, number),
        Form::resumingCapturing);
  }

  /**
   * Compiles functions to forms that go on after calls.
   *
   * @param sites by function: the numbers of the calls
   * @param numbers by function: the number of the form among those of the function
   * @return the classes by internal name, and what each function became
   */
  public Forms resuming(Map<Integer, BitSet> sites, Map<Integer, Integer> numbers) {
    return resuming(
        index.names(),
        sites,
        function -> ClassNames.resuming(function, numbers.get(function)),
        Form::resuming);
  }

  private Forms resuming(
      ClassNames names,
      Map<Integer, BitSet> sites,
      IntFunction<String> mains,
      Function<BitSet, Form> formAfter) {
    ModuleShape shape = shape();
    Code code = code(shape);
    Forms forms = new Forms(new HashMap<>(), new HashMap<>());
    sites.forEach(
        (function, calls) -> {
          String main = mains.apply(function);
          Form form = formAfter.apply(calls);
          forms.add(function, compile(shape, code, names, main, function, form));
        });
    return forms;
  }

  /**
   * What functions became.
   *
   * @param compiled by function
   * @param classes by internal name
   */
  public record Forms(Map<Integer, FunctionForm.Compiled> compiled, Map<String, byte[]> classes) {
    /** Adds what a function became. */
    public void add(int function, FunctionForm.Compiled form) {
      compiled.put(function, form);
      classes.putAll(form.classes());
    }
  }

  /** The names of the module's functions; null if it has none. */
  public NameCustomSection names() {
    return parse().nameSection();
  }

  private ModuleShape shape() {
    return new ModuleShape(parse(), marksWrites);
  }

  private Code code(ModuleShape shape) {
    return BinaryCode.valid(binary, new ModuleTypes(shape, new BitSet(), new Values(binary)));
  }

  private WasmModule parse() {
    return Outline.of(binary, false).module();
  }

  private FunctionForm.Compiled compile(
      ModuleShape shape, Code code, ClassNames names, String main, int function, Form form) {
    return FunctionForm.compile(
        shape,
        names,
        main,
        function,
        chunkBytes,
        index -> FunctionBuilder.build(shape, code, index, form));
  }
}
