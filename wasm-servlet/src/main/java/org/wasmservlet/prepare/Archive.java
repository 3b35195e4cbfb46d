package org.wasmservlet.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.wasmservlet.resource.FileTrees;

/**
 * A packed web application, or a jar. It is unpacked, as servers do, and what has been added to it
 * is put into a copy that takes its place: it is never half-written.
 */
final class Archive {
  /** What the first file of an archive begins with. */
  private static final byte[] MAGIC = {'P', 'K', 3, 4};

  private Archive() {}

  /** What is done with it. */
  @FunctionalInterface
  interface Work {
    /**
     * Changes what is in the folder.
     *
     * @param root where it is unpacked
     */
    void on(Path root) throws IOException;
  }

  /**
   * The names of all files in an archive.
   *
   * @throws IOException if it cannot be read; the message says why
   */
  static List<String> names(Path archive) throws IOException {
    try (FileSystem files = open(archive);
        Stream<Path> walk = Files.walk(files.getPath("/"))) {
      return walk.filter(Files::isRegularFile).map(Archive::name).toList();
    }
  }

  /**
   * Changes an archive.
   *
   * @param folder of it that is changed, with a slash at its end
   * @param unpacked the names of the files that are needed for that, besides those in the folder
   * @throws IOException if it cannot be read or written; it is as it was then
   */
  static void change(Path archive, String folder, Predicate<String> unpacked, Work work)
      throws IOException {
    Path root = Files.createTempDirectory("wasm-servlet-");
    try {
      unpack(archive, root, name -> name.startsWith(folder) || unpacked.test(name));
      work.on(root);
      replace(archive.toRealPath(), folder, root.resolve(folder));
    } finally {
      FileTrees.delete(root);
    }
  }

  private static FileSystem open(Path archive) throws IOException {
    refusePrefix(archive);
    try {
      return FileSystems.newFileSystem(archive);
    } catch (ProviderNotFoundException e) {
      throw new IOException("it is no archive", e);
    }
  }

  /** The JDK, which changes archives, forgets how far everything is from the beginning then. */
  private static void refusePrefix(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException(
            "it does not begin as an archive: one that gets a script at its beginning, to be"
                + " executable, has to be prepared before that");
      }
    }
  }

  private static String name(Path file) {
    return file.toString().substring(1);
  }

  private static void unpack(Path archive, Path root, Predicate<String> unpacked)
      throws IOException {
    try (FileSystem files = open(archive);
        Stream<Path> walk = Files.walk(files.getPath("/"))) {
      for (Path file : walk.toList()) {
        Path target = root.resolve(name(file)).normalize();
        if (!target.startsWith(root)) {
          throw new IOException(archive + " has a file of the name '" + file + "'");
        }
        if (!unpacked.test(name(file))) {
          continue;
        }
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
          // Python believes compiled modules by the time of their sources.
          Files.setLastModifiedTime(target, Files.getLastModifiedTime(file));
        }
      }
    }
  }

  /** Makes the archive's folder what this one is. */
  private static void replace(Path archive, String name, Path folder) throws IOException {
    Path copy = Files.createTempFile(archive.getParent(), archive.getFileName() + "-", ".part");
    try {
      Files.copy(
          archive, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      try (FileSystem files = open(copy)) {
        FileTime time = buildTime(files);
        Path target = files.getPath("/" + name);
        createDirectories(target, time);
        for (Path file : list(target)) {
          if (!Files.exists(folder.resolve(file.getFileName().toString()))) {
            Files.delete(file);
          }
        }
        for (Path file : list(folder)) {
          Path copied = target.resolve(file.getFileName().toString());
          Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
          Files.setLastModifiedTime(copied, time);
        }
      }
      Files.move(copy, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void createDirectories(Path directory, FileTime time) throws IOException {
    if (!Files.exists(directory)) {
      createDirectories(directory.getParent(), time);
      Files.createDirectory(directory);
      Files.setLastModifiedTime(directory, time);
    }
  }

  /** So that an archive that can be built again to the last byte still can. */
  private static FileTime buildTime(FileSystem files) throws IOException {
    Path manifest = files.getPath("/" + JarFile.MANIFEST_NAME);
    return Files.exists(manifest)
        ? Files.getLastModifiedTime(manifest)
        : FileTime.fromMillis(System.currentTimeMillis());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
