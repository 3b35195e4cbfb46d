package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Compiles WebAssembly modules to JVM bytecode in methods of a size that HotSpot compiles well.
 * Covers WebAssembly 2.0 without SIMD, and tail calls. Immutable.
 */
public final class WasmCompiler {
  /** Larger chunks take longer to warm up, smaller ones spend more on going from one to another. */
  private static final int USUAL_CHUNK = 5_000;

  /** The JVM allows 65,535 bytes in a method. */
  private static final int NEVER = 40_000;

  private static final int INSTRUCTIONS_A_CLASS = 8_000;

  /** What the name of a prepared module ends with. */
  static final String PREPARED = ".prepared";

  private final int chunkBytes;
  private final boolean marksWrites;
  private final int threads;
  private final IntConsumer progress;

  private WasmCompiler(int chunkBytes, boolean marksWrites, int threads, IntConsumer progress) {
    this.chunkBytes = chunkBytes;
    this.marksWrites = marksWrites;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * A compiler with the usual options, which uses all processors.
   *
   * @return never null
   */
  public static WasmCompiler create() {
    return new WasmCompiler(
        USUAL_CHUNK, false, Runtime.getRuntime().availableProcessors(), functions -> {});
  }

  /**
   * Cuts functions into methods of about another size. For tests of this compiler.
   *
   * @param bytes of bytecode, at least 50 and at most 6,000
   * @return a compiler that does
   * @throws IllegalArgumentException for other sizes
   */
  public WasmCompiler withChunkBytes(int bytes) {
    if (bytes < 50 || bytes > 6_000) {
      throw new IllegalArgumentException("chunk size " + bytes);
    }
    return new WasmCompiler(bytes, marksWrites, threads, progress);
  }

  /**
   * Cuts no function that the JVM takes whole, which is slow. For tests of this compiler.
   *
   * @return a compiler that does
   */
  public WasmCompiler withoutSplitting() {
    return new WasmCompiler(NEVER, marksWrites, threads, progress);
  }

  /**
   * Has every module's code mark the blocks of memory that it writes to, not only those that begin
   * with a large memory. For tests of this compiler.
   *
   * @return a compiler that does
   */
  public WasmCompiler markingWrites() {
    return new WasmCompiler(chunkBytes, true, threads, progress);
  }

  /**
   * Bounds the threads a compilation uses.
   *
   * @param count at least 1
   * @return a compiler that does
   * @throws IllegalArgumentException if it is less than 1
   */
  public WasmCompiler withThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads " + count);
    }
    return new WasmCompiler(chunkBytes, marksWrites, count, progress);
  }

  /**
   * Has the progress of a compilation told.
   *
   * @param listener called many times, on the compiling thread, with the number of functions that
   *     are compiled
   * @return a compiler that does
   */
  public WasmCompiler withProgress(IntConsumer listener) {
    Objects.requireNonNull(listener, "listener");
    return new WasmCompiler(chunkBytes, marksWrites, threads, listener);
  }

  /**
   * Compiles a module.
   *
   * @param module validated, as {@code Parser.parse} gives it; not kept
   * @return its code
   * @throws UnsupportedFeatureException if the module uses what is not compiled
   */
  public CompiledCode compile(WasmModule module) {
    ModuleShape shape = new ModuleShape(module, marksWrites);
    int count = shape.functions - shape.importedFunctions;
    int[] packs = new int[count];
    List<Integer> starts = new ArrayList<>();
    int filled = INSTRUCTIONS_A_CLASS;
    for (int i = 0; i < count; i++) {
      FunctionBody body = module.codeSection().getFunctionBody(i);
      Features.check(body);
      int instructions = body.instructions().size();
      if (filled + instructions > INSTRUCTIONS_A_CLASS) {
        starts.add(i);
        filled = 0;
      }
      filled += instructions + 20;
      packs[i] = starts.size() - 1;
    }
    ClassNames names = new ClassNames(shape.importedFunctions, packs);
    Map<String, byte[]> classes = new HashMap<>();
    BitSet tailCalling = new BitSet();
    for (Pack.Compiled compiled : compile(shape, names, starts, count)) {
      classes.putAll(compiled.classes());
      compiled.tailCalling().forEach(tailCalling::set);
    }
    for (int i = 0; i * ClassNames.IMPORTS_A_CLASS < shape.importedFunctions; i++) {
      Bridges.imports(shape, i, classes);
    }
    classes.put(ModuleShape.CONTEXT, Bridges.contextClass(shape));
    classes.put(ModuleShape.CONTEXT_FACTORY, Bridges.contextFactoryClass());
    CodeIndex index =
        new CodeIndex(
            List.copyOf(shape.signatures),
            shape.functionSignatures,
            shape.importedFunctions,
            packs,
            tailCalling);
    return new CompiledCode(index, ClassFiles.of(classes), LeanModule.imagesOf(module));
  }

  private List<Pack.Compiled> compile(
      ModuleShape shape, ClassNames names, List<Integer> starts, int count) {
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
        int from = shape.importedFunctions + starts.get(p);
        int to = shape.importedFunctions + (p + 1 < starts.size() ? starts.get(p + 1) : count);
        running.add(
            executor.submit(() -> Pack.compile(shape, names, number, from, to, chunkBytes)));
      }
      for (int p = 0; p < running.size(); p++) {
        results.add(running.get(p).get());
        progress.accept(p + 1 < starts.size() ? starts.get(p + 1) : count);
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

  /**
   * What a prepared module is called: the same for the same binary, options and build of this
   * compiler and the same version of Chicory, another for any other.
   *
   * @param moduleDigest SHA-256 of the module's binary
   * @return a file's name; empty if this compiler was not built by Maven and cannot tell itself
   *     from another build, so that nothing may be kept
   */
  public Optional<String> preparedName(byte[] moduleDigest) {
    HexFormat hex = HexFormat.of();
    return Variant.of(chunkBytes, marksWrites)
        .map(v -> hex.formatHex(moduleDigest) + "-" + hex.formatHex(v, 0, 8) + PREPARED);
  }

  /**
   * Writes what {@link #read} reads. Whoever can change it can run code in the reading process: it
   * must be kept where only that process's owner may write.
   *
   * @param code compiled with this compiler's options
   * @param binary of the module that it was compiled from
   * @param target written to, flushed and not closed
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if there is no {@linkplain #preparedName name} for it
   */
  public void write(CompiledCode code, byte[] binary, OutputStream target) throws IOException {
    PreparedForm.write(
        Variant.of(chunkBytes, marksWrites)
            .orElseThrow(() -> new IllegalStateException("an unknown build")),
        Variant.sha256(binary),
        StrippedBinary.of(binary, code.images()),
        code,
        target);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param stored used as long as the code is
   * @param moduleDigest SHA-256 of the module's binary
   * @param repair compiles the module again with this compiler's options; called on a thread of its
   *     own if what is stored is found damaged later
   * @return empty if the bytes are damaged, of another module, or made with other options or by
   *     another build
   */
  public Optional<PreparedModule> read(
      StoredBytes stored, byte[] moduleDigest, Supplier<CompiledCode> repair) {
    return Variant.of(chunkBytes, marksWrites)
        .flatMap(v -> PreparedForm.read(stored, v, moduleDigest, repair));
  }
}
