package org.wasmservlet.compiler.prepared;

import com.dylibso.chicory.wasm.WasmModule;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.wasmservlet.compiler.image.LeanModule;
import org.wasmservlet.compiler.load.ClassFiles;
import org.wasmservlet.compiler.load.CodeIndex;
import org.wasmservlet.compiler.load.CodeParts;
import org.wasmservlet.compiler.runtime.Images;
import org.wasmservlet.compiler.runtime.MemoryImage;

/**
 * A prepared module as bytes:
 *
 * <pre>
 * int          magic
 * 32 bytes     the variant: format, options, versions of all that generated code depends on
 * 32 bytes     SHA-256 of the module's binary
 * int, bytes   the catalogue: the code's index, images, then name, length and CRC-32C of every class
 * int, bytes   the stripped binary
 * bytes        the classes
 * int          CRC-32C of everything before
 * </pre>
 */
public final class PreparedForm {
  private static final int MAGIC = 0x57535031;

  /** Changes whenever the layout does. */
  static final int FORMAT = 2;

  private static final int DIGEST_BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;

  /** What is read at once. */
  private static final int PIECE = 1 << 16;

  private PreparedForm() {}

  /**
   * What was read.
   *
   * @param module without code
   */
  public record Prepared(CodeParts parts, WasmModule module) {}

  /** Writes what was compiled of a binary. */
  public static void write(byte[] variant, byte[] binary, CodeParts code, OutputStream target)
      throws IOException {
    byte[] stripped = StrippedBinary.of(binary, code.images());
    ClassFiles classes = code.classes();
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(target, 1 << 16), new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    List<String> names = new ArrayList<>(classes.names());
    names.sort(null);
    byte[] catalogue = catalogue(code, names);
    out.writeInt(MAGIC);
    out.write(variant);
    out.write(Variant.sha256(binary));
    out.writeInt(catalogue.length);
    out.write(catalogue);
    out.writeInt(stripped.length);
    out.write(stripped);
    for (String name : names) {
      out.write(classes.bytes(name));
    }
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  private static byte[] catalogue(CodeParts code, List<String> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    code.index().write(out);
    writeImages(out, code.images());
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
      byte[] content = code.classes().bytes(name);
      out.writeInt(content.length);
      out.writeInt(StoredClasses.checksum(content));
    }
    return bytes.toByteArray();
  }

  /**
   * Empty if the bytes are damaged, of another variant or of another module.
   *
   * @param repair compiles the module again if they are damaged later
   */
  public static Optional<Prepared> read(
      ByteSource stored, byte[] variant, byte[] moduleDigest, Supplier<ClassFiles> repair) {
    try {
      if (!isIntact(stored)) {
        return Optional.empty();
      }
      Reader in = new Reader(stored);
      if (in.nextInt() != MAGIC
          || !Arrays.equals(variant, in.next(DIGEST_BYTES))
          || !Arrays.equals(moduleDigest, in.next(DIGEST_BYTES))) {
        return Optional.empty();
      }
      byte[] catalogue = in.next(in.nextInt());
      byte[] stripped = in.next(in.nextInt());
      DataInputStream entries = new DataInputStream(new ByteArrayInputStream(catalogue));
      CodeIndex index = CodeIndex.read(entries);
      WasmModule module = StrippedModule.parse(stripped);
      Images images = readImages(entries, module);
      ClassFiles classes = new StoredClasses(stored, places(entries, in.at), repair);
      return Optional.of(new Prepared(new CodeParts(index, classes, images), module));
    } catch (IOException | NegativeArraySizeException e) {
      return Optional.empty();
    }
  }

  private static void writeImages(DataOutputStream out, Images images) throws IOException {
    out.writeBoolean(images.memory() != null);
    if (images.memory() != null) {
      images.memory().write(out);
    }
    out.writeInt(images.tables() == null ? -1 : images.tables().length);
    if (images.tables() != null) {
      for (int[] table : images.tables()) {
        CodeIndex.writeInts(out, table);
      }
    }
  }

  private static Images readImages(DataInputStream in, WasmModule module) throws IOException {
    MemoryImage memory = in.readBoolean() ? MemoryImage.read(in, null) : null;
    int count = in.readInt();
    int[][] tables = count < 0 ? null : new int[count][];
    for (int i = 0; i < count; i++) {
      tables[i] = CodeIndex.readInts(in);
    }
    return LeanModule.imagesFor(module, memory, tables);
  }

  private static boolean isIntact(ByteSource stored) throws IOException {
    long length = stored.size() - CHECKSUM_BYTES;
    if (length < 0) {
      return false;
    }
    CRC32C checksum = new CRC32C();
    for (long at = 0; at < length; at += PIECE) {
      checksum.update(stored.read(at, (int) Math.min(PIECE, length - at)));
    }
    return (int) checksum.getValue() == toInt(stored.read(length, CHECKSUM_BYTES));
  }

  private static Map<String, StoredClasses.Place> places(DataInputStream entries, long start)
      throws IOException {
    int count = entries.readInt();
    Map<String, StoredClasses.Place> places = new HashMap<>();
    long offset = start;
    for (int i = 0; i < count; i++) {
      String name = entries.readUTF();
      int length = entries.readInt();
      places.put(name, new StoredClasses.Place(offset, length, entries.readInt()));
      offset += length;
    }
    return places;
  }

  private static int toInt(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** Reads one thing after the other, up to the checksum. */
  private static final class Reader {
    private final ByteSource stored;
    private final long end;
    private long at;

    Reader(ByteSource stored) throws IOException {
      this.stored = stored;
      this.end = stored.size() - CHECKSUM_BYTES;
    }

    byte[] next(int length) throws IOException {
      if (length < 0 || length > end - at) {
        throw new EOFException();
      }
      byte[] bytes = stored.read(at, length);
      at += length;
      return bytes;
    }

    int nextInt() throws IOException {
      return toInt(next(Integer.BYTES));
    }
  }
}
