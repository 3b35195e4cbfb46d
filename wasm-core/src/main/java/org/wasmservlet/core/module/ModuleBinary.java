package org.wasmservlet.core.module;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a module's file has in it, all of it. Immutable. */
public final class ModuleBinary {
  /** The JIT compiles a method that is called often before one that runs long. */
  private static final int DIGEST_PIECE = 1 << 14;

  private final ModuleFile file;
  private final byte[] bytes;
  private final byte[] digest;
  private final long start;

  private ModuleBinary(ModuleFile file, byte[] bytes, long start) {
    this.file = file;
    this.bytes = bytes;
    this.start = start;
    this.digest = sha256(bytes);
  }

  /**
   * Reads a file.
   *
   * @param file which one
   * @return its content, which begins as a module does
   * @throws IOException if it cannot be read, has changed since it was identified, or does not
   *     begin as a module; the message names the file
   */
  public static ModuleBinary read(ModuleFile file) throws IOException {
    long start = System.nanoTime();
    byte[] bytes = file.read();
    String fault = BinaryFormat.faultOf(bytes);
    if (fault != null) {
      throw new IOException(file.path() + ": " + fault);
    }
    return new ModuleBinary(file, bytes, start);
  }

  /**
   * Where it was read.
   *
   * @return the file as it was then
   */
  public ModuleFile file() {
    return file;
  }

  /** The content; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * What tells it from every other.
   *
   * @return SHA-256; not to be changed
   */
  public byte[] digest() {
    return digest;
  }

  /** When its reading began, as {@link System#nanoTime} has it. */
  long start() {
    return start;
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
