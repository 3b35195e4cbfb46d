package org.wasmservlet.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where resources are unpacked to: a directory of its own for each content, which the server's user
 * alone can read. What is there is compared with the archive before it is used, and made anew if it
 * is not the same.
 */
final class UnpackedResources {
  private static final long BYTES_AT_MOST = 4L << 30;
  private static final String PARTIAL = "unpacking-";

  /** No unpacking takes as long: what is older was left by a process that died. */
  private static final Duration LONGEST_UNPACKING = Duration.ofHours(1);

  private static final String LOCKS = ".lock";
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;
  private final boolean isShared;

  private UnpackedResources(Path folder, boolean isShared) {
    this.folder = folder;
    this.isShared = isShared;
  }

  /**
   * Names a place, without making it.
   *
   * @param folder of one web application of one process alone, in which no program may write
   */
  static UnpackedResources of(Path folder) {
    return new UnpackedResources(folder, false);
  }

  /**
   * The same for a place where other processes may need other versions.
   *
   * @param folder in which no program may write
   */
  static UnpackedResources shared(Path folder) {
    return new UnpackedResources(folder, true);
  }

  /**
   * Unpacks a tree, unless that has been done already.
   *
   * @param name of what it is; another content of the same name takes its place
   * @return the directory that has the tree's files
   * @throws IOException if it cannot be read or written
   */
  Path unpack(String name, ResourceTree tree) throws IOException {
    Files.createDirectories(folder.getParent());
    OwnFolder.make(folder);
    String folderName = folderName(name);
    Path versions = OwnFolder.make(folder.resolve(folderName));
    String digest = digest(tree, null);
    VersionLocks locks = isShared ? VersionLocks.open(folder.resolve(folderName + LOCKS)) : null;
    Path target = versions.resolve(digest);
    if (isShared) {
      locks.hold(digest);
    }
    if (!isIntact(target, digest)) {
      Path partial = Files.createTempDirectory(versions, PARTIAL);
      try {
        if (!digest(tree, partial).equals(digest)) {
          throw new IOException("the archive has changed while it was read");
        }
        FileTrees.delete(target);
        moveUnlessThere(partial, target, digest);
      } finally {
        FileTrees.delete(partial);
      }
    }
    deleteAllBut(target, versions, locks);
    return target;
  }

  private static void moveUnlessThere(Path from, Path to, String digest) throws IOException {
    try {
      Files.move(from, to);
    } catch (FileSystemException e) {
      // Another process may have been faster.
      if (!isIntact(to, digest)) {
        throw e;
      }
    }
  }

  /** Readable, and another one for another name. */
  private static String folderName(String name) throws IOException {
    String readable = name.replaceAll("[^A-Za-z0-9.-]+", "-");
    String end = readable.substring(Math.max(0, readable.length() - 40));
    byte[] hash = sha256().digest(name.getBytes(UTF_8));
    return "r-" + end + "-" + HexFormat.of().formatHex(hash, 0, 8);
  }

  private static boolean isIntact(Path directory, String digest) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (ResourceTree present = new ResourceTree()) {
      boolean[] strange = {false};
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              strange[0] |= !attributes.isRegularFile();
              String path = directory.relativize(file).toString().replace('\\', '/');
              present.add(path, () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
              return FileVisitResult.CONTINUE;
            }
          });
      return !strange[0] && digest(present, null).equals(digest);
    }
  }

  /** Reads all of a tree, and writes it below a directory if there is one. */
  private static String digest(ResourceTree tree, Path directory) throws IOException {
    MessageDigest digest = sha256();
    long total = 0;
    for (Map.Entry<String, ResourceTree.Source> file : tree.files()) {
      MessageDigest content = sha256();
      try (InputStream in = file.getValue().open();
          OutputStream out = new DigestOutputStream(create(directory, file.getKey()), content)) {
        total += copy(in, out, BYTES_AT_MOST - total);
      }
      digest.update(file.getKey().getBytes(UTF_8));
      digest.update((byte) 0);
      digest.update(content.digest());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static long copy(InputStream in, OutputStream out, long atMost) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      copied += n;
      if (copied > atMost) {
        throw new IOException("has more than " + BYTES_AT_MOST + " bytes when it is unpacked");
      }
      out.write(buffer, 0, n);
    }
    return copied;
  }

  private static OutputStream create(Path directory, String path) throws IOException {
    if (directory == null) {
      return OutputStream.nullOutputStream();
    }
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** What another process works with, or is making, stays. */
  private static void deleteAllBut(Path kept, Path versions, VersionLocks locks)
      throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(versions)) {
      for (Path other : others) {
        String name = other.getFileName().toString();
        if (other.equals(kept) || locks != null && isBeingUnpacked(other)) {
          continue;
        }
        if (locks != null && VERSION.matcher(name).matches()) {
          locks.removeIfUnused(name, () -> FileTrees.delete(other));
        } else {
          FileTrees.delete(other);
        }
      }
    }
  }

  private static boolean isBeingUnpacked(Path directory) throws IOException {
    return directory.getFileName().toString().startsWith(PARTIAL)
        && Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isAfter(Instant.now().minus(LONGEST_UNPACKING));
  }

  private static MessageDigest sha256() throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this JVM has no SHA-256", e);
    }
  }
}
