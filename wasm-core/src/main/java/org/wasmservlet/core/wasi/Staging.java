package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ThreadLocalRandom;
import org.wasmservlet.core.directory.Directory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.PathWalk;
import org.wasmservlet.core.directory.SteadyPath;
import org.wasmservlet.core.directory.WasiError;

/**
 * Makes what the JDK makes by path only: directories and links. They are made in the mounted
 * directory itself, by its {@linkplain SteadyPath steady path}, under a name that no guest can use,
 * and moved by handle from there to where they belong.
 *
 * <p>Moving replaces what has the new name. The caller has looked that there is nothing; what
 * another program makes there in the same moment is lost if it is a file, and not if it is a
 * directory with something in it.
 */
final class Staging {
  /** What the names of entries on their way begin with; guests neither see nor use such names. */
  static final String PREFIX = PathWalk.RESERVED;

  private Staging() {}

  static boolean isReserved(String name) {
    return name.startsWith(PREFIX);
  }

  static void createDirectory(Directory directory, Path name) throws IOException {
    Directory root = Mount.of(directory).root();
    Path staged = newName(root);
    Files.createDirectory(root.steadyPath().resolve(staged));
    try {
      root.move(staged, directory, name);
    } catch (IOException e) {
      root.deleteDirectory(staged);
      throw e;
    }
  }

  static void createSymbolicLink(Directory directory, Path name, Path target) throws IOException {
    Directory root = Mount.of(directory).root();
    Path staged = newName(root);
    Files.createSymbolicLink(root.steadyPath().resolve(staged), target);
    move(root, staged, directory, name);
  }

  /**
   * Gives a file a second name.
   *
   * @param from a directory of the same mount as the other
   * @param attributes of the entry that gets a second name; no directory
   * @throws WasiError ENOENT if the entry is no longer there
   */
  static void createHardLink(
      Directory from, Path name, BasicFileAttributes attributes, Directory to, Path newName)
      throws IOException, WasiError {
    Directory root = Mount.of(to).root();
    Path staged = newName(root);
    stageHardLink(root, staged, from, name, attributes);
    move(root, staged, to, newName);
  }

  /** Sets the times of a symbolic link itself, which needs a path that leads to it for certain. */
  static void setTimesOfLink(
      Directory directory,
      Path name,
      BasicFileAttributes attributes,
      FileTime modified,
      FileTime accessed)
      throws IOException, WasiError {
    Directory root = Mount.of(directory).root();
    Path staged = newName(root);
    stageHardLink(root, staged, directory, name, attributes);
    try {
      Files.getFileAttributeView(
              root.steadyPath().resolve(staged),
              BasicFileAttributeView.class,
              LinkOption.NOFOLLOW_LINKS)
          .setTimes(modified, accessed, null);
    } finally {
      root.deleteFile(staged);
    }
  }

  /** Another file may have got the name meanwhile: that is looked at. */
  private static void stageHardLink(
      Directory root, Path staged, Directory from, Path name, BasicFileAttributes attributes)
      throws IOException, WasiError {
    Files.createLink(root.steadyPath().resolve(staged), from.steadyPath().resolve(name));
    boolean same = false;
    try {
      same = root.attributes(staged).fileKey().equals(attributes.fileKey());
    } finally {
      if (!same) {
        root.deleteFile(staged);
      }
    }
    if (!same) {
      throw Errno.NOENT.error();
    }
  }

  private static void move(Directory root, Path staged, Directory directory, Path name)
      throws IOException {
    try {
      root.move(staged, directory, name);
    } catch (IOException e) {
      root.deleteFile(staged);
      throw e;
    }
    try {
      // Two names of one file: moving one over the other is defined to do nothing.
      root.deleteFile(staged);
    } catch (NoSuchFileException e) {
      // It has been moved.
    }
  }

  private static Path newName(Directory root) {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return root.hostPath().getFileSystem().getPath(PREFIX + random);
  }
}
