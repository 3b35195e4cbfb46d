package org.wasmservlet.core.module;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The file that a module was loaded from, to be read once more: its bytes are not kept. Immutable.
 */
final class Original {
  /** The JIT compiles a method that is called often before one that runs long. */
  private static final int DIGEST_PIECE = 1 << 14;

  private final ModuleFile file;
  private final byte[] digest;

  /**
   * Remembers a file.
   *
   * @param binary what has been read from it
   */
  Original(ModuleFile file, byte[] binary) {
    this.file = file;
    this.digest = sha256(binary);
  }

  /** SHA-256 of the module's binary; not to be changed. */
  byte[] digest() {
    return digest;
  }

  /**
   * Reads it again.
   *
   * @return the same bytes
   * @throws IOException if it is not what it was; the message names the file
   */
  byte[] read() throws IOException {
    byte[] binary = file.read();
    if (!MessageDigest.isEqual(digest, sha256(binary))) {
      throw new IOException(file.path() + " is not what it was");
    }
    return binary;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int at = 0; at < bytes.length; at += DIGEST_PIECE) {
        digest.update(bytes, at, Math.min(DIGEST_PIECE, bytes.length - at));
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
