package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.wasmservlet.compiler.binary.PlainData;
import org.wasmservlet.compiler.binary.TooMuchException;
import org.wasmservlet.compiler.code.Code;
import org.wasmservlet.compiler.code.ParsedCode;
import org.wasmservlet.compiler.freeze.FrozenForm;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.NotCompiledException;
import org.wasmservlet.compiler.pipeline.FormCompiler;
import org.wasmservlet.compiler.pipeline.ModuleCompiler;
import org.wasmservlet.compiler.prepared.ByteSource;
import org.wasmservlet.compiler.prepared.PreparedForm;
import org.wasmservlet.compiler.prepared.Variant;

/**
 * Compiles WebAssembly modules to JVM bytecode in methods of a size that HotSpot compiles well.
 * Covers WebAssembly 2.0 without SIMD, and tail calls. Immutable.
 */
public final class WasmCompiler {
  /** Larger chunks take longer to warm up, smaller ones spend more on going from one to another. */
  private static final int USUAL_CHUNK = 5_000;

  /** The JVM allows 65,535 bytes in a method. */
  private static final int NEVER = 40_000;

  /** What the name of a prepared module ends with. */
  static final String PREPARED = ".prepared";

  /** What the name of a frozen program ends with. */
  private static final String FROZEN = ".frozen";

  /** Of a digest, in a name that has others too. */
  private static final int SHORT = 8;

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
   * with a large memory. For programs that are to be {@linkplain #freezer frozen}: their short runs
   * write little, and what they did not write to need not be looked at.
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
    try {
      ModuleShape shape = new ModuleShape(module, marksWrites);
      return compile(shape, new ParsedCode(shape), null);
    } catch (NotCompiledException e) {
      throw new UnsupportedFeatureException(e.feature);
    }
  }

  /**
   * Compiles a module straight from its binary, which takes less time and much less memory. Its
   * code is validated at the same time.
   *
   * @param binary not kept
   * @return its code
   * @throws UnsupportedFeatureException if the module uses what is not compiled; its code may not
   *     be valid all the same
   * @throws ModuleLimitException if its code declares more of something than it may
   * @throws com.dylibso.chicory.wasm.ChicoryException if its code is malformed or not valid; the
   *     message names the function, the offset and the rule
   */
  public CompiledCode compile(WasmBinary binary) {
    try {
      ModuleShape shape = new ModuleShape(binary.outline(), marksWrites);
      return compile(shape, binary.code(shape), binary.data());
    } catch (NotCompiledException e) {
      throw new UnsupportedFeatureException(e.feature);
    } catch (TooMuchException e) {
      throw new ModuleLimitException(e.getMessage());
    }
  }

  private CompiledCode compile(ModuleShape shape, Code code, PlainData data) {
    return new CompiledCode(
        new ModuleCompiler(shape, code, data, chunkBytes).compile(threads, progress));
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
        .map(v -> hex.formatHex(moduleDigest) + "-" + hex.formatHex(v, 0, SHORT) + PREPARED);
  }

  /**
   * What a frozen program is called: the same for the same module, options, build and
   * configuration, another for any other.
   *
   * @param moduleDigest SHA-256 of the module's binary
   * @param configuration a digest of all that the program depends on otherwise, at least 16 bytes
   * @return a file's name; empty if nothing may be kept, as for {@link #preparedName}
   */
  public Optional<String> frozenName(byte[] moduleDigest, byte[] configuration) {
    HexFormat hex = HexFormat.of();
    return Variant.of(chunkBytes, marksWrites)
        .map(
            v ->
                String.join(
                        "-",
                        hex.formatHex(moduleDigest),
                        hex.formatHex(v, 0, SHORT),
                        hex.formatHex(configuration, 0, 2 * SHORT))
                    + FROZEN);
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
        binary,
        code.parts(),
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
        .flatMap(
            variant ->
                PreparedForm.read(
                    source(stored), variant, moduleDigest, () -> repair.get().parts().classes()))
        .map(read -> new PreparedModule(new CompiledCode(read.parts()), read.module()));
  }

  /**
   * Freezes programs.
   *
   * @param code compiled with this compiler's options
   * @param binary of the module that it was compiled from; not copied, kept as long as the result
   * @return for programs of that code
   */
  public Freezer freezer(CompiledCode code, byte[] binary) {
    return new Freezer(
        code,
        binary,
        new FormCompiler(binary, code.parts().index(), chunkBytes, marksWrites),
        Variant.of(chunkBytes, marksWrites));
  }

  /**
   * Reads what {@link Freezer#write} wrote. The program goes on as if it had been frozen in this
   * process; nothing of it has run here.
   *
   * @param code compiled with this compiler's options
   * @param stored read once, as a whole
   * @param moduleDigest SHA-256 of the module's binary
   * @return what it was, of use as long as the code is; empty if the bytes are damaged or cannot be
   *     read, or are of another module, or made with other options or by another build
   */
  public Optional<FrozenInstance> readFrozen(
      CompiledCode code, StoredBytes stored, byte[] moduleDigest) {
    return Variant.of(chunkBytes, marksWrites)
        .flatMap(
            variant ->
                whole(stored)
                    .flatMap(
                        bytes ->
                            FrozenForm.read(
                                bytes,
                                variant,
                                moduleDigest,
                                code.forms(),
                                code.module(),
                                code.parts().images())))
        .map(frozen -> new FrozenInstance(code, frozen));
  }

  private static Optional<byte[]> whole(StoredBytes stored) {
    try {
      long size = stored.size();
      return size > Integer.MAX_VALUE - 8
          ? Optional.empty()
          : Optional.of(stored.read(0, (int) size));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ByteSource source(StoredBytes stored) {
    return new ByteSource() {
      @Override
      public long size() throws IOException {
        return stored.size();
      }

      @Override
      public byte[] read(long at, int length) throws IOException {
        return stored.read(at, length);
      }
    };
  }
}
