package org.wasmservlet.core.directory;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Translates between names as guests write them, which are UTF-8, and names as the JDK has them.
 *
 * <p>The JDK translates a path's characters by the locale of the process and loses those that the
 * locale lacks; under {@code LC_ALL=C} that is all but ASCII. A file URI carries a name's bytes as
 * they are, whatever the locale.
 */
public final class HostNames {
  private static final boolean UTF_8_LOCALE =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

  private static final char REPLACEMENT = '\ufffd';

  private static final String ROOT_URI = "file:///";

  private static final String UNRESERVED = "-._~";

  private HostNames() {}

  /**
   * The host's form of one name.
   *
   * @param name of a directory entry: not empty, without slash
   */
  public static Path toPath(Path directory, String name) throws WasiError {
    try {
      if (UTF_8_LOCALE || isAscii(name)) {
        return directory.getFileSystem().getPath(name);
      }
      return Path.of(URI.create(ROOT_URI + encode(name))).getFileName();
    } catch (IllegalArgumentException e) {
      throw Errno.ILSEQ.error();
    }
  }

  /** The host's form of a link's target. */
  public static Path toTarget(Path directory, String target) throws WasiError {
    if (UTF_8_LOCALE || isAscii(target)) {
      try {
        return directory.getFileSystem().getPath(target);
      } catch (InvalidPathException e) {
        throw Errno.ILSEQ.error();
      }
    }
    Path path = null;
    for (String name : target.split("/")) {
      if (!name.isEmpty()) {
        Path part = toPath(directory, name);
        path = path == null ? part : path.resolve(part);
      }
    }
    if (path == null) {
      throw Errno.INVAL.error();
    }
    return path;
  }

  /**
   * The guest's form of one name or of a link's target.
   *
   * @return UTF-8, or null if the name is not written in it
   */
  public static byte[] toBytes(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    if (UTF_8_LOCALE) {
      // The replacement character may stand for bytes that are no UTF-8, or for itself.
      if (text.indexOf(REPLACEMENT) < 0) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    }
    return throughUri(path);
  }

  /**
   * A path as text that every process has for it, whatever its locale.
   *
   * @param path absolute, of the host's file system
   */
  public static String toText(Path path) {
    String raw = path.toUri().getRawPath();
    // The JDK looks whether it is a directory, and adds a slash.
    return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  /**
   * The path of a text.
   *
   * @throws IOException if it is none of {@link #toText}
   */
  public static Path ofText(String text) throws IOException {
    try {
      return Path.of(URI.create("file://" + text));
    } catch (IllegalArgumentException e) {
      throw new IOException("no path", e);
    }
  }

  private static byte[] throughUri(Path path) {
    byte[] bytes = null;
    for (Path name : path) {
      byte[] decoded = decode(name.toUri().getRawPath());
      bytes = bytes == null ? decoded : joined(bytes, decoded);
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static byte[] joined(byte[] directory, byte[] name) {
    ByteBuffer joined = ByteBuffer.allocate(directory.length + 1 + name.length);
    return joined.put(directory).put((byte) '/').put(name).array();
  }

  private static String encode(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  /** The bytes of the last name of a URI's path. */
  private static byte[] decode(String rawPath) {
    // The JDK looks whether it is a directory, and adds a slash.
    int end = rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
    int start = rawPath.lastIndexOf('/', end - 1) + 1;
    ByteBuffer decoded = ByteBuffer.allocate(end - start);
    for (int i = start; i < end; i++) {
      char c = rawPath.charAt(i);
      if (c == '%') {
        decoded.put((byte) Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        decoded.put((byte) c);
      }
    }
    byte[] bytes = new byte[decoded.position()];
    decoded.flip().get(bytes);
    return bytes;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
