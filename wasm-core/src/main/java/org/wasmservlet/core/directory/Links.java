package org.wasmservlet.core.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Reads symbolic links. The JDK reads them by path only, and a path may by now lead elsewhere: so
 * the entry at the path must be the one that the handle has, before, between and after two readings
 * that agree. What is read is text, that a walk takes step by step like any other.
 */
public final class Links {
  private Links() {}

  /**
   * Reads an entry that was seen to be a link.
   *
   * @param attributes of the entry
   * @return its target: relative, not empty
   * @throws WasiError EPERM if it is absolute, ENOENT if the entry is no longer there
   */
  public static String read(Directory directory, Path name, BasicFileAttributes attributes)
      throws IOException, WasiError {
    Path target = target(directory, name, attributes);
    if (target.isAbsolute()) {
      throw Errno.PERM.error();
    }
    return text(target);
  }

  /** The same, of a link that may be absolute. */
  static Path target(Directory directory, Path name, BasicFileAttributes attributes)
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
    return target;
  }

  /**
   * A path as walks take it.
   *
   * @throws WasiError EILSEQ if its names are not written in UTF-8
   */
  public static String text(Path relative) throws WasiError {
    byte[] text = HostNames.toBytes(relative);
    if (text == null) {
      throw Errno.ILSEQ.error();
    }
    String separator = relative.getFileSystem().getSeparator();
    String path = new String(text, StandardCharsets.UTF_8);
    return separator.equals("/") ? path : path.replace(separator, "/");
  }

  private static void requireSame(Path path, BasicFileAttributes attributes)
      throws IOException, WasiError {
    Object key =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    if (!Objects.equals(attributes.fileKey(), key)) {
      throw Errno.NOENT.error();
    }
  }
}
