package org.wasmservlet.test.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads single files out of a .tgz: blocks of 512 bytes, a header before each file. */
final class Tarball {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 11;

  private Tarball() {}

  /** The first file of a name, in whatever folder. */
  static byte[] read(Path archive, String fileName) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16))) {
      byte[] header = new byte[BLOCK];
      in.readFully(header);
      while (header[0] != 0) {
        String name = text(header, 0, NAME_LENGTH);
        long size = Long.parseLong(text(header, SIZE_AT, SIZE_LENGTH), 8);
        if (name.endsWith("/" + fileName)) {
          return in.readNBytes(Math.toIntExact(size));
        }
        in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        in.readFully(header);
      }
    }
    throw new NoSuchFileException(archive.toString(), fileName, "is not in it");
  }

  private static String text(byte[] header, int from, int length) {
    return new String(header, from, length, US_ASCII).split("\0", 2)[0].strip();
  }
}
