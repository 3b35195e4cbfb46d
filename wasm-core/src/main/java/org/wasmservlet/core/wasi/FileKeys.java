package org.wasmservlet.core.wasi;

/**
 * Reads device and inode out of a file key. The JDK gives them in no other way for a file that is
 * looked at by its directory's handle; the key's text is {@code (dev=HEX,ino=DECIMAL)}.
 */
final class FileKeys {
  private static final String DEVICE = "(dev=";
  private static final String INODE = ",ino=";
  private static final int HEX = 16;

  private FileKeys() {}

  static long device(Object key) {
    String text = String.valueOf(key);
    int end = text.indexOf(INODE);
    return text.startsWith(DEVICE) && end > 0
        ? Long.parseUnsignedLong(text, DEVICE.length(), end, HEX)
        : 0;
  }

  static long inode(Object key) {
    String text = String.valueOf(key);
    int start = text.indexOf(INODE);
    return start > 0 && text.endsWith(")")
        ? Long.parseLong(text, start + INODE.length(), text.length() - 1, 10)
        : text.hashCode() & 0x7fff_ffffL;
  }
}
