package org.wasmservlet.compiler.freeze;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.wasmservlet.compiler.emit.FormLayout;
import org.wasmservlet.compiler.emit.FunctionForm;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.pipeline.FormCompiler;
import org.wasmservlet.compiler.runtime.Activation;
import org.wasmservlet.compiler.runtime.FrozenStack;
import org.wasmservlet.compiler.runtime.Images;
import org.wasmservlet.compiler.runtime.InstanceState;
import org.wasmservlet.compiler.runtime.MemoryImage;

/**
 * A frozen program as bytes. Everything is big-endian, and all that repeats has its count before
 * it:
 *
 * <pre>
 * int          magic
 * 32 bytes     the variant: options and versions of all that generated code depends on
 * 32 bytes     SHA-256 of the module's binary
 * int          pages of the memory
 * …            the memory if there is one, without what is as it began; globals, tables, segments that are still there
 * …            by function on the stack: calls in which it waits, layout and classes of the form
 *              that goes on there
 * …            the host function and its arguments, and the frames, innermost first
 * int          CRC-32C of everything before
 * </pre>
 */
public final class FrozenForm {
  private static final int MAGIC = 0x57534631;
  private static final int DIGEST_BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;

  /** What is checked at once: the JIT compiles a method that is called often before a long loop. */
  private static final int PIECE = 1 << 16;

  private FrozenForm() {}

  /**
   * Writes what was frozen. The classes of what goes on are made anew, for they are not kept.
   *
   * @param forms those of the stack's functions are there
   * @param compiler of the module's forms
   */
  public static void write(
      byte[] variant,
      byte[] moduleDigest,
      StackFreezer.Frozen frozen,
      FormRegistry forms,
      FormCompiler compiler,
      OutputStream target)
      throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(target, PIECE), new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.write(variant);
    out.write(moduleDigest);
    writeState(out, frozen.state());
    writeStack(out, frozen.stack(), forms, compiler);
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  private static void writeState(DataOutputStream out, InstanceState state) throws IOException {
    out.writeInt(state.pages());
    out.writeBoolean(state.memory() != null);
    if (state.memory() != null) {
      state.memory().write(out);
    }
    writeLongs(out, state.globals());
    out.writeInt(state.tables().length);
    for (int[] table : state.tables()) {
      writeInts(out, table);
    }
    writeLongs(out, state.data().toLongArray());
    writeLongs(out, state.elements().toLongArray());
  }

  private static void writeStack(
      DataOutputStream out, FrozenStack stack, FormRegistry forms, FormCompiler compiler)
      throws IOException {
    Map<Integer, BitSet> sites = stack.sites();
    Map<Integer, FormRegistry.Resuming> present;
    try {
      present = forms.resuming(sites, compiler::resuming);
    } catch (Refusal e) {
      // It was frozen with these forms.
      throw new IllegalStateException(e);
    }
    Map<Integer, Integer> numbers = new HashMap<>();
    sites.forEach((function, calls) -> numbers.put(function, FormRegistry.number(calls)));
    FormCompiler.Forms made = compiler.resuming(sites, numbers);
    out.writeInt(sites.size());
    for (Map.Entry<Integer, BitSet> each : sites.entrySet()) {
      out.writeInt(each.getKey());
      writeLongs(out, each.getValue().toLongArray());
      writeForm(out, made.compiled().get(each.getKey()));
    }
    out.writeInt(stack.imported());
    writeLongs(out, stack.arguments());
    out.writeInt(stack.frames().size());
    for (FrozenStack.Frame frame : stack.frames()) {
      int function = frame.activation().function();
      Activation activation =
          StackFreezer.translate(
              frame.activation(),
              present.get(function).layout(),
              made.compiled().get(function).layout());
      out.writeInt(function);
      out.writeInt(activation.site());
      writeLongs(out, activation.values());
    }
  }

  private static void writeForm(DataOutputStream out, FunctionForm.Compiled form)
      throws IOException {
    writeInts(out, form.layout().variables());
    writeInts(out, form.layout().keys());
    out.writeInt(form.layout().ids().size());
    for (Map.Entry<Integer, Integer> id : new TreeMap<>(form.layout().ids()).entrySet()) {
      out.writeInt(id.getKey());
      out.writeInt(id.getValue());
    }
    out.writeInt(form.classes().size());
    for (Map.Entry<String, byte[]> each : new TreeMap<>(form.classes()).entrySet()) {
      out.writeUTF(each.getKey());
      out.writeInt(each.getValue().length);
      out.write(each.getValue());
    }
  }

  /**
   * Reads what was written, and has the forms of its functions beside the others.
   *
   * @param forms of the module
   * @param module as its instances have it
   * @param images what its instances begin with
   * @return empty if it is damaged, of another variant or another module, or if forms of other
   *     programs are in the way
   */
  public static Optional<StackFreezer.Frozen> read(
      byte[] stored,
      byte[] variant,
      byte[] moduleDigest,
      FormRegistry forms,
      WasmModule module,
      Images images) {
    if (!isIntact(stored)) {
      return Optional.empty();
    }
    int end = stored.length - CHECKSUM_BYTES;
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored, 0, end));
    try {
      if (in.readInt() != MAGIC
          || !Arrays.equals(variant, in.readNBytes(DIGEST_BYTES))
          || !Arrays.equals(moduleDigest, in.readNBytes(DIGEST_BYTES))) {
        return Optional.empty();
      }
      InstanceState state = readState(in, images.memory());
      FrozenStack stack = readStack(in, forms);
      if (in.available() > 0 || !fits(state, module)) {
        return Optional.empty();
      }
      return Optional.of(new StackFreezer.Frozen(FrozenImages.of(module, state), state, stack));
    } catch (IOException | Refusal | RuntimeException | LinkageError e) {
      // Whoever has put the checksum right may have written anything.
      return Optional.empty();
    }
  }

  private static boolean isIntact(byte[] stored) {
    int end = stored.length - CHECKSUM_BYTES;
    if (end < 0) {
      return false;
    }
    CRC32C checksum = new CRC32C();
    for (int at = 0; at < end; at += PIECE) {
      checksum.update(stored, at, Math.min(PIECE, end - at));
    }
    return (int) checksum.getValue() == ByteBuffer.wrap(stored).getInt(end);
  }

  private static InstanceState readState(DataInputStream in, MemoryImage base) throws IOException {
    int pages = in.readInt();
    MemoryImage memory = in.readBoolean() ? MemoryImage.read(in, base) : null;
    long[] globals = readLongs(in);
    int[][] tables = new int[readCount(in, Integer.BYTES)][];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = readInts(in);
    }
    return new InstanceState(pages, memory, globals, tables, readBits(in), readBits(in), false);
  }

  private static boolean fits(InstanceState state, WasmModule module) {
    int memories = module.memorySection().map(own -> own.memoryCount()).orElse(0);
    return memories == (state.memory() == null ? 0 : 1)
        && module.importSection().count(ExternalType.MEMORY) == 0
        && 2 * module.globalSection().globalCount() == state.globals().length
        && module.tableSection().tableCount() == state.tables().length;
  }

  private static FrozenStack readStack(DataInputStream in, FormRegistry forms)
      throws IOException, Refusal {
    int count = readCount(in, Integer.BYTES);
    Map<Integer, BitSet> sites = new HashMap<>();
    Map<Integer, FunctionForm.Compiled> stored = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int function = in.readInt();
      BitSet calls = readBits(in);
      sites.put(function, calls);
      stored.put(function, readForm(in, ClassNames.resuming(function, FormRegistry.number(calls))));
    }
    int imported = in.readInt();
    long[] arguments = readLongs(in);
    Activation[] activations = new Activation[readCount(in, Integer.BYTES)];
    for (int i = 0; i < activations.length; i++) {
      activations[i] = new Activation(in.readInt(), in.readInt(), readLongs(in));
      require(isSound(activations[i], stored.get(activations[i].function())));
    }
    require(activations.length > 0);
    Map<Integer, FormRegistry.Resuming> resuming =
        forms.resuming(sites, (missing, numbers) -> chosen(stored, missing, numbers));
    BitSet functions = new BitSet();
    List<FrozenStack.Frame> frames = new ArrayList<>();
    for (Activation each : activations) {
      functions.set(each.function());
      FormRegistry.Resuming to = resuming.get(each.function());
      frames.add(to.frame(each, stored.get(each.function()).layout()));
    }
    // Should it be frozen anew, one run is enough.
    forms.lastStack(Map.of(), functions);
    return new FrozenStack(imported, arguments, frames);
  }

  private static boolean isSound(Activation activation, FunctionForm.Compiled form) {
    return form != null
        && form.layout().ids().containsKey(activation.site())
        && form.layout().keys().length == activation.values().length;
  }

  private static FunctionForm.Compiled readForm(DataInputStream in, String main)
      throws IOException {
    int[] variables = readInts(in);
    int[] keys = readInts(in);
    Map<Integer, Integer> ids = new HashMap<>();
    for (int left = readCount(in, 2 * Integer.BYTES); left > 0; left--) {
      ids.put(in.readInt(), in.readInt());
    }
    Map<String, byte[]> classes = new HashMap<>();
    for (int left = readCount(in, Integer.BYTES); left > 0; left--) {
      String name = in.readUTF();
      require(name.startsWith(main));
      classes.put(name, in.readNBytes(readCount(in, 1)));
    }
    return new FunctionForm.Compiled(main, classes, new FormLayout(variables, keys, ids));
  }

  /** Those that are not there yet. */
  private static FormCompiler.Forms chosen(
      Map<Integer, FunctionForm.Compiled> stored,
      Map<Integer, BitSet> missing,
      Map<Integer, Integer> numbers)
      throws Refusal {
    FormCompiler.Forms chosen = new FormCompiler.Forms(new HashMap<>(), new HashMap<>());
    for (int function : missing.keySet()) {
      FunctionForm.Compiled form = stored.get(function);
      if (!form.main().equals(ClassNames.resuming(function, numbers.get(function)))) {
        throw new Refusal("another form has its name");
      }
      chosen.add(function, form);
    }
    return chosen;
  }

  private static void require(boolean sound) throws IOException {
    if (!sound) {
      throw new IOException("it makes no sense");
    }
  }

  /** How many follow: not more than there are bytes for. */
  private static int readCount(DataInputStream in, int bytesEach) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / bytesEach) {
      throw new EOFException();
    }
    return count;
  }

  private static void writeInts(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static int[] readInts(DataInputStream in) throws IOException {
    int[] values = new int[readCount(in, Integer.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static void writeLongs(DataOutputStream out, long[] values) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  private static long[] readLongs(DataInputStream in) throws IOException {
    long[] values = new long[readCount(in, Long.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  private static BitSet readBits(DataInputStream in) throws IOException {
    return BitSet.valueOf(readLongs(in));
  }
}
