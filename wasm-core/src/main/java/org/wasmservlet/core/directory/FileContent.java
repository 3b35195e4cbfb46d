package org.wasmservlet.core.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/**
 * What a program can see of a file wherever it lies: its kind and its content, and neither times
 * nor numbers, which are others in each copy. Immutable.
 */
final class FileContent {
  private static final int DIGEST_BYTES = 32;
  private static final int PIECE = 1 << 14;

  private final Kind kind;
  private final long size;
  private final byte[] digest;

  private FileContent(Kind kind, long size, byte[] digest) {
    this.kind = kind;
    this.size = size;
    this.digest = digest;
  }

  private enum Kind {
    MISSING,
    FILE,
    DIRECTORY,
    /** A directory whose names and the kinds of what they are of matter. */
    LISTED,
    LINK,
    /** A pipe or a device, which no program can open. */
    OTHER;

    boolean hasContent() {
      return this == FILE || this == LISTED || this == LINK;
    }

    static Kind of(BasicFileAttributes attributes) {
      if (attributes.isSymbolicLink()) {
        return LINK;
      }
      if (attributes.isDirectory()) {
        return DIRECTORY;
      }
      return attributes.isRegularFile() ? FILE : OTHER;
    }
  }

  /**
   * Looks at a file, and reads it to its end.
   *
   * @param listed whether it matters what is in it, if it is a directory
   * @throws IOException if it is there and cannot be read
   */
  static FileContent of(Path path, boolean listed) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = attributes(path);
    } catch (NoSuchFileException e) {
      return new FileContent(Kind.MISSING, 0, new byte[0]);
    }
    Kind kind = Kind.of(attributes);
    return switch (kind) {
      case FILE -> read(path);
      case LINK -> digested(kind, HostNames.toText(Files.readSymbolicLink(path)));
      case DIRECTORY ->
          listed ? digested(Kind.LISTED, entries(path)) : new FileContent(kind, 0, new byte[0]);
      default -> new FileContent(kind, 0, new byte[0]);
    };
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileContent read(Path file) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        out.write(piece, 0, n);
        size += n;
      }
    }
    return new FileContent(Kind.FILE, size, digest.digest());
  }

  /** The names that guests are told, in one order wherever they are, with their kinds. */
  private static String entries(Path directory) throws IOException {
    Map<String, Kind> kinds = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        byte[] name = HostNames.toBytes(entry.getFileName());
        if (name != null) {
          kinds.put(new String(name, UTF_8), Kind.of(attributes(entry)));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    kinds.forEach((name, kind) -> text.append(name).append('\0').append(kind.name()).append('\0'));
    return text.toString();
  }

  private static FileContent digested(Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new FileContent(kind, bytes.length, sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether it is of a directory that was listed. */
  boolean isListed() {
    return kind == Kind.LISTED;
  }

  /** Of a record the JDK would keep the class, and with it the class loader. */
  boolean isSame(FileContent other) {
    return kind == other.kind && size == other.size && Arrays.equals(digest, other.digest);
  }

  void write(StoredOutput out) throws IOException {
    out.writeByte(kind.ordinal());
    if (kind.hasContent()) {
      out.writeLong(size);
      out.write(digest);
    }
  }

  static FileContent read(StoredInput in) throws IOException {
    int ordinal = in.readByte();
    if (ordinal < 0 || ordinal >= Kind.values().length) {
      throw new IOException("a file of kind " + ordinal);
    }
    Kind kind = Kind.values()[ordinal];
    if (!kind.hasContent()) {
      return new FileContent(kind, 0, new byte[0]);
    }
    long size = in.readLong();
    byte[] digest = new byte[DIGEST_BYTES];
    in.readFully(digest);
    return new FileContent(kind, size, digest);
  }
}
