package org.wasmservlet.compiler.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.wasmservlet.compiler.binary.PlainData;
import org.wasmservlet.compiler.code.Code;
import org.wasmservlet.compiler.decode.FunctionBuilder;
import org.wasmservlet.compiler.emit.Bridges;
import org.wasmservlet.compiler.emit.Pack;
import org.wasmservlet.compiler.image.LeanModule;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Form;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.load.ClassFiles;
import org.wasmservlet.compiler.load.CodeIndex;
import org.wasmservlet.compiler.load.CodeParts;

/** Has all functions of a module go through all passes, a class full of them at a time. */
public final class ModuleCompiler {
  private static final int BYTES_A_CLASS = 20_000;

  /** What a function counts for besides its code. */
  private static final int BYTES_A_FUNCTION = 50;

  /**
   * The first packs, which are compiled one after the other. HotSpot interprets the passes until it
   * has compiled them; more threads would do so at the same time, and take the processor from it.
   */
  private static final int ALONE = 8;

  private final ModuleShape shape;
  private final Code code;
  private final PlainData data;
  private final int chunkBytes;
  private final int count;

  /** By function that is not imported: the number of its pack. */
  private final int[] packs;

  /** By pack: its first function that is not imported. */
  private final List<Integer> starts = new ArrayList<>();

  /**
   * Prepares a compilation.
   *
   * @param shape what the module declares
   * @param code the bodies of its functions
   * @param data what the module's data segments would have; null if they have it
   * @param chunkBytes of a method, about
   */
  public ModuleCompiler(ModuleShape shape, Code code, PlainData data, int chunkBytes) {
    this.shape = shape;
    this.code = code;
    this.data = data;
    this.chunkBytes = chunkBytes;
    this.count = shape.functions - shape.importedFunctions;
    this.packs = new int[count];
    divide();
  }

  private void divide() {
    int filled = BYTES_A_CLASS;
    for (int i = 0; i < count; i++) {
      int bytes = code.bytes(i);
      if (filled + bytes > BYTES_A_CLASS) {
        starts.add(i);
        filled = 0;
      }
      filled += bytes + BYTES_A_FUNCTION;
      packs[i] = starts.size() - 1;
    }
  }

  /**
   * Compiles all.
   *
   * @param threads at most
   * @param progress told the number of functions that are compiled
   * @throws org.wasmservlet.compiler.ir.NotCompiledException if the code uses what is not compiled
   * @throws com.dylibso.chicory.wasm.ChicoryException if it is not valid
   */
  public CodeParts compile(int threads, IntConsumer progress) {
    Map<String, byte[]> classes = new HashMap<>();
    BitSet tailCalling = new BitSet();
    BitSet catching = new BitSet();
    for (Pack.Compiled compiled : compilePacks(threads, progress)) {
      classes.putAll(compiled.classes());
      compiled.tailCalling().forEach(tailCalling::set);
      compiled.catching().forEach(catching::set);
    }
    for (int i = 0; i * ClassNames.IMPORTS_A_CLASS < shape.importedFunctions; i++) {
      Bridges.imports(shape, i, classes);
    }
    classes.put(ClassNames.CONTEXT, Bridges.contextClass(shape));
    classes.put(ClassNames.CONTEXT_FACTORY, Bridges.contextFactoryClass());
    CodeIndex index =
        new CodeIndex(
            List.copyOf(shape.signatures),
            shape.functionSignatures,
            shape.importedFunctions,
            packs,
            tailCalling,
            catching);
    return new CodeParts(index, ClassFiles.of(classes), LeanModule.imagesOf(shape.module, data));
  }

  private List<Pack.Compiled> compilePacks(int threads, IntConsumer progress) {
    ClassNames names = new ClassNames(shape.importedFunctions, packs);
    List<Pack.Compiled> results = new ArrayList<>();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(threads, starts.size())),
            task -> {
              Thread thread = new Thread(task, "wasm-compiler");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Pack.Compiled>> running = new ArrayList<>();
      for (int p = 0; p < starts.size(); p++) {
        int number = p;
        running.add(executor.submit(() -> compilePack(names, number)));
        if (p < ALONE) {
          running.get(p).get();
        }
      }
      for (int p = 0; p < running.size(); p++) {
        results.add(running.get(p).get());
        progress.accept(endOf(p));
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while compiling", e);
    } finally {
      executor.shutdownNow();
    }
  }

  private Pack.Compiled compilePack(ClassNames names, int number) {
    return Pack.compile(
        shape,
        names,
        number,
        shape.importedFunctions + starts.get(number),
        shape.importedFunctions + endOf(number),
        chunkBytes,
        function -> FunctionBuilder.build(shape, code, function, Form.ORDINARY));
  }

  private int endOf(int pack) {
    return pack + 1 < starts.size() ? starts.get(pack + 1) : count;
  }
}
