package org.wasmservlet.compiler;

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

/** Compiled code as bytes: a header, the index, the classes, and the SHA-256 of all that. */
final class StoredForm {
  private static final int MAGIC = 0x57534331;

  /** Changes whenever what is generated, or what it calls, changes. */
  private static final int VERSION = 1;

  private static final int DIGEST_BYTES = 32;

  private StoredForm() {}

  static byte[] write(
      CodeIndex index, Map<String, byte[]> classes, int chunkBytes, byte[] moduleDigest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(chunkBytes);
      out.writeInt(moduleDigest.length);
      out.write(moduleDigest);
      index.write(out);
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

  static Optional<CompiledCode> read(byte[] stored, int chunkBytes, byte[] moduleDigest) {
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
      int count = in.readInt();
      Map<String, byte[]> classes = new HashMap<>();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        classes.put(name, in.readNBytes(in.readInt()));
      }
      return Optional.of(new CompiledCode(index, classes, chunkBytes));
    } catch (IOException e) {
      return Optional.empty();
    }
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
