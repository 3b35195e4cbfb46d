package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.wasmservlet.compiler.runtime.Images;
import org.wasmservlet.compiler.runtime.MemoryImage;

/** Compiled code as bytes: a header, the index, images, classes, and the SHA-256 of all that. */
final class StoredForm {
  private static final int MAGIC = 0x57534331;

  /** Changes whenever what is generated, or what it calls, changes. */
  private static final int VERSION = 2;

  private static final int DIGEST_BYTES = 32;

  private StoredForm() {}

  static byte[] write(
      CodeIndex index,
      Map<String, byte[]> classes,
      Images images,
      int chunkBytes,
      byte[] moduleDigest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(chunkBytes);
      out.writeInt(moduleDigest.length);
      out.write(moduleDigest);
      index.write(out);
      writeImages(out, images);
      out.writeInt(classes.size());
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        out.write(entry.getValue());
      }
      out.flush();
      bytes.write(digest(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Optional<CompiledCode> read(
      byte[] stored, int chunkBytes, byte[] moduleDigest, WasmModule module) {
    int length = stored.length - DIGEST_BYTES;
    if (length < 0
        || !Arrays.equals(
            digest(stored, length), Arrays.copyOfRange(stored, length, stored.length))) {
      return Optional.empty();
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored, 0, length));
      if (in.readInt() != MAGIC || in.readInt() != VERSION || in.readInt() != chunkBytes) {
        return Optional.empty();
      }
      byte[] digest = in.readNBytes(in.readInt());
      if (!Arrays.equals(digest, moduleDigest)) {
        return Optional.empty();
      }
      CodeIndex index = CodeIndex.read(in);
      Images images = readImages(in, module);
      int count = in.readInt();
      Map<String, byte[]> classes = new HashMap<>();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        classes.put(name, in.readNBytes(in.readInt()));
      }
      return Optional.of(new CompiledCode(index, classes, chunkBytes, images));
    } catch (IOException e) {
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
    MemoryImage memory = in.readBoolean() ? MemoryImage.read(in) : null;
    int count = in.readInt();
    int[][] tables = count < 0 ? null : new int[count][];
    for (int i = 0; i < count; i++) {
      tables[i] = CodeIndex.readInts(in);
    }
    return LeanModule.imagesFor(module, memory, tables);
  }

  private static byte[] digest(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
