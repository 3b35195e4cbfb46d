package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads symbolic links. The JDK reads them by path only, and a path may by now lead elsewhere: so
 * the entry at the path must be the one that the handle has, before, between and after two readings
 * that agree. What is read is text, that a walk takes step by step like any other.
 */
final class Links {
  private Links() {}

  /**
   * Reads an entry that was seen to be a link.
   *
   * @param attributes of the entry
   * @return its target: relative, not empty
   * @throws WasiError EPERM if it is absolute, ENOENT if the entry is no longer there
   */
  static String read(Directory directory, Path name, BasicFileAttributes attributes)
      throws IOException, WasiError {
    Path path = directory.hostPath().resolve(name);
    requireSame(path, attributes);
    Path target = Files.readSymbolicLink(path);
    requireSame(path, attributes);
    Path again = Files.readSymbolicLink(path);
    requireSame(path, attributes);
    if (!target.equals(again)) {
      throw Errno.NOENT.error();
    }
    if (target.isAbsolute()) {
      throw Errno.PERM.error();
    }
    byte[] text = HostNames.toBytes(target);
    if (text == null) {
      throw Errno.ILSEQ.error();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void requireSame(Path path, BasicFileAttributes attributes)
      throws IOException, WasiError {
    Object key =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    if (!attributes.fileKey().equals(key)) {
      throw Errno.NOENT.error();
    }
  }
}
