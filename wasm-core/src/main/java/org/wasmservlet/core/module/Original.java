package org.wasmservlet.core.module;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The files that have a module's bytes, to be read once more: the bytes are not kept. Safe for use
 * by several threads.
 */
public final class Original {
  private final byte[] digest;
  private final List<ModuleFile> files = new CopyOnWriteArrayList<>();

  /**
   * Knows no file yet.
   *
   * @param digest SHA-256 of the module
   */
  public Original(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Remembers a file that has the module.
   *
   * @param file which one
   */
  public void add(ModuleFile file) {
    files.add(file);
  }

  /**
   * Forgets a file.
   *
   * @param file that nobody uses any longer
   */
  public void remove(ModuleFile file) {
    files.remove(file);
  }

  /**
   * One of the files.
   *
   * @return the real path of the one that has been known for longest
   */
  public Path path() {
    return files.get(0).path();
  }

  /** SHA-256 of the module's binary; not to be changed. */
  byte[] digest() {
    return digest;
  }

  /**
   * Reads it again, from whichever file still has it.
   *
   * @return the same bytes
   * @throws IOException if no file does; the message names one that was it
   */
  byte[] read() throws IOException {
    IOException last = null;
    for (ModuleFile file : files) {
      try {
        ModuleBinary binary = ModuleBinary.read(file);
        if (MessageDigest.isEqual(digest, binary.digest())) {
          return binary.bytes();
        }
        last = new IOException(file.path() + " is not what it was");
      } catch (IOException e) {
        last = e;
      }
    }
    throw last != null ? last : new IOException("the module's file is no longer known");
  }
}
