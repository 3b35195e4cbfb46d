package org.wasmservlet.host;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.preopen.HostPlace;
import org.wasmservlet.resource.Resources;

/**
 * Finds the files and directories that a configuration names. Relative paths are relative to the
 * web application's root: what is a file of the host there counts, else what the container finds
 * there, in the web application's archive or in a jar. {@code classpath:} names what is on the
 * class path, {@code file:} what is relative to the process's working directory.
 */
public final class HostFiles {
  /**
   * Context attribute: the {@link Path} of a directory that relative paths of the host are relative
   * to, where that is not the root. A server whose configuration lies outside of its web
   * application sets it before the servlets start.
   */
  public static final String BASE = HostFiles.class.getName() + ".base";

  /** What the container shows of the jars in WEB-INF/lib, and Spring Boot of the class path. */
  private static final String SHOWN_OF_JARS = "META-INF/resources/";

  /** What a path of the host may begin with; it is then relative to the working directory. */
  private static final String FILE = "file:";

  /** Where a file system has no such permissions, it is left to those of the directory above. */
  private static final FileAttribute<?>[] FOR_OWNER =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
          }
          : new FileAttribute<?>[0];

  private final ServletContext context;
  private final Path root;
  private final Path base;
  private final Resources resources;

  /**
   * Finds those of a web application.
   *
   * @param context its
   */
  public HostFiles(ServletContext context) {
    this.context = context;
    this.root = unpackedRoot(context);
    this.base = context.getAttribute(BASE) instanceof Path path ? path.toAbsolutePath() : root;
    this.resources = new Resources(context, lastingFolder(), temporaryDirectory());
  }

  /** Jetty has a path for an archive, too: that in the archive, which begins at its root. */
  private static Path unpackedRoot(ServletContext context) {
    String real = context.getRealPath("/");
    Path root = real == null ? null : Path.of(real).toAbsolutePath().normalize();
    return root == null || root.getParent() == null ? null : root;
  }

  /** The web application's root directory, or null if the container has not unpacked it. */
  public Path root() {
    return root;
  }

  /** The container's directory for this web application's temporary files. */
  public Path temporaryDirectory() {
    Object directory = context.getAttribute(ServletContext.TEMPDIR);
    return directory instanceof File file
        ? file.toPath().toAbsolutePath()
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** What compiled modules are kept in for all of the web application, or null. */
  private Path lastingFolder() {
    String parameter = Directive.CACHE_DIR.parameter();
    String value = context.getInitParameter(parameter);
    if (value == null) {
      return null;
    }
    try {
      Path folder = Path.of(Directives.read(Map.of(parameter, value)).value(Directive.CACHE_DIR));
      return folder.isAbsolute() ? folder : null;
    } catch (DirectiveException | InvalidPathException e) {
      // The route says so where it looks for modules.
      return null;
    }
  }

  /**
   * Makes a directory that the web application's programs share, in the container's directory for
   * its temporary files, unless it is there.
   *
   * @param name of an entry
   */
  Path sharedDirectory(String name) throws IOException {
    Path shared = temporaryDirectory().resolve(HostPlace.SHARED);
    Path directory = shared.resolve(name);
    for (Path path : new Path[] {shared, directory}) {
      try {
        Files.createDirectory(path, FOR_OWNER);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(path + " is not a directory", e);
        }
      }
    }
    return directory;
  }

  /**
   * A directory that a configuration names.
   *
   * @param path where it is
   * @param isResource whether it belongs to the application's archive or class path, so that what
   *     is written there would not last
   * @param isShown whether the container shows what is in it under the web application's own URLs
   */
  public record Directory(Path path, boolean isResource, boolean isShown) {}

  /**
   * Finds a directory, and unpacks it where the container has not.
   *
   * @throws IOException if there is none to find; the message says why, without the name
   */
  public Directory directory(String name) throws IOException {
    if (name.startsWith(Resources.CLASS_PATH)) {
      boolean isShown = (Resources.nameOnClassPath(name) + "/").startsWith(SHOWN_OF_JARS);
      return new Directory(resources.classPathDirectory(name), true, isShown);
    }
    Path path = parse(name);
    Path resolved = path.isAbsolute() ? path.normalize() : resolve(path);
    if (resolved != null && Files.isDirectory(resolved)) {
      return new Directory(resolved, false, isBesideWebInf(resolved));
    }
    if (!path.isAbsolute()) {
      Path inside = path.normalize();
      Optional<Path> unpacked = resources.directory(withSlashes(inside));
      if (unpacked.isPresent()) {
        return new Directory(unpacked.get(), true, !inside.startsWith("WEB-INF"));
      }
    }
    if (resolved == null) {
      throw new IOException("no such directory in the web application's archive");
    }
    throw new IOException(
        Files.exists(resolved) ? resolved + " is not a directory" : resolved + " does not exist");
  }

  /**
   * Finds a file, and unpacks it where the container has not.
   *
   * @return a path, though there need be no file
   * @throws IOException if there is none; the message says why, without the name
   */
  public Path file(String name) throws IOException {
    if (name.startsWith(Resources.CLASS_PATH)) {
      return resources.classPathFile(name);
    }
    Path path = parse(name);
    if (path.isAbsolute()) {
      return path;
    }
    Path resolved = resolve(path);
    if (resolved != null && Files.exists(resolved)) {
      return resolved;
    }
    Optional<Path> unpacked = resources.file(withSlashes(path.normalize()));
    if (unpacked.isPresent()) {
      return unpacked.get();
    }
    if (resolved == null) {
      throw new IOException("no such file in the web application's archive");
    }
    return resolved;
  }

  /**
   * Unpacks files of this library's own.
   *
   * @param beside a class that they lie beside
   * @param names paths below its package, with slashes
   * @return the directory that has them and nothing else
   * @throws IOException if they cannot be unpacked
   */
  public Path own(Class<?> beside, List<String> names) throws IOException {
    return resources.beside(beside, names);
  }

  /**
   * A file that need not be there and may be made.
   *
   * @throws IOException if the name is that of no place on the host; the message says why
   */
  public Path place(String name) throws IOException {
    Path path = parse(name);
    if (name.startsWith(Resources.CLASS_PATH) || !path.isAbsolute() && base == null) {
      throw new IOException(
          "must be an absolute path: what is in an archive or on the class path cannot be written");
    }
    return path.isAbsolute() ? path : resolve(path);
  }

  /** Finds a file of the web application's own, and unpacks it where the container has not. */
  Optional<Path> ownFile(String name) {
    try {
      return Optional.of(file(name)).filter(Files::isRegularFile);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Null if there is nothing that it could be relative to. */
  private Path resolve(Path path) {
    return base == null ? null : base.resolve(path).normalize();
  }

  private boolean isBesideWebInf(Path directory) {
    return root != null
        && directory.startsWith(root)
        && !directory.startsWith(root.resolve("WEB-INF"));
  }

  private static String withSlashes(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }

  /** Of several slashes after {@value #FILE} one counts, as in a URL. */
  private static Path parse(String name) throws IOException {
    try {
      return name.startsWith(FILE)
          ? Path.of(name.substring(FILE.length()).replaceFirst("^/+", "/")).toAbsolutePath()
          : Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason(), e);
    }
  }
}
