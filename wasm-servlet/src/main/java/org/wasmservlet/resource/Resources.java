package org.wasmservlet.resource;

import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds files and directories that a web application has, but that no path of the host leads to,
 * and unpacks them. All who name the same get the same path. Thread-safe.
 */
public final class Resources {
  /** What a name on the class path begins with. */
  public static final String CLASS_PATH = "classpath:";

  /** What jars have for a web application's root; embedded containers do not look in all. */
  private static final String OF_JARS = "META-INF/resources/";

  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");
  private static final String FOLDER = "wasm-resources";
  private static final String FOUND = Resources.class.getName() + ".found";

  private final ServletContext context;
  private final Path lasting;
  private final Path temporaryDirectory;

  /**
   * Names the web application.
   *
   * @param context of the web application
   * @param lasting a folder that outlives it, and that others may share; null if there is none
   * @param temporaryDirectory the container's, of this web application alone; used where the other
   *     cannot be
   */
  public Resources(ServletContext context, Path lasting, Path temporaryDirectory) {
    this.context = context;
    this.lasting = lasting;
    this.temporaryDirectory = temporaryDirectory;
  }

  /** Finds something that has not been found yet. */
  @FunctionalInterface
  private interface Search {
    Path find() throws IOException;
  }

  /**
   * Finds a file that the container finds for the web application.
   *
   * @param path from the web application's root, normalized, without a slash at its beginning
   * @return where it is unpacked, or empty if there is none
   * @throws IOException if it cannot be unpacked; the message says why, without the name
   */
  public Optional<Path> file(String path) throws IOException {
    if (leadsOut(path)) {
      return Optional.empty();
    }
    return once(
        "file:" + path,
        () -> {
          try (ResourceTree tree = new ContextResources(context).file(path)) {
            return tree.isEmpty() ? fileOnClassPath(OF_JARS + path) : unpackFile("/" + path, tree);
          }
        });
  }

  /**
   * Finds a directory that the container finds for the web application.
   *
   * @param path from the web application's root, normalized, without slashes around it
   * @return where it is unpacked, or empty if there is none or nothing is in it
   * @throws IOException if it cannot be unpacked; the message says why, without the name
   */
  public Optional<Path> directory(String path) throws IOException {
    if (leadsOut(path)) {
      return Optional.empty();
    }
    return once(
        "directory:" + path,
        () -> {
          try (ResourceTree tree = new ContextResources(context).directory(path)) {
            if (!tree.isEmpty()) {
              return unpack("/" + path + "/", tree);
            }
          }
          return path.isEmpty() ? null : directoryOnClassPath(OF_JARS + path);
        });
  }

  /**
   * Finds a file on the class path.
   *
   * @param name with {@value #CLASS_PATH}
   * @return where it is, or where it is unpacked
   * @throws IOException if there is none, or it cannot be unpacked; the message says why, without
   *     the name
   */
  public Path classPathFile(String name) throws IOException {
    String path = nameOnClassPath(name);
    return once(name, () -> fileOnClassPath(path))
        .orElseThrow(() -> new IOException("no such file on the class path"));
  }

  /**
   * Finds a directory on the class path.
   *
   * @param name with {@value #CLASS_PATH}
   * @return where it is, or where it is unpacked
   * @throws IOException if there is none, or it cannot be unpacked; the message says why, without
   *     the name
   */
  public Path classPathDirectory(String name) throws IOException {
    String path = nameOnClassPath(name);
    String key = CLASS_PATH + path + "/";
    return once(
            key,
            () -> {
              Path found = directoryOnClassPath(path);
              return found == null ? ownClasses(path, key) : found;
            })
        .orElseThrow(() -> new IOException("no such directory on the class path"));
  }

  /** Null if there is none. */
  private Path fileOnClassPath(String path) throws IOException {
    ClassPathResources resources = new ClassPathResources(context.getClassLoader());
    Path inPlace = resources.inPlace(path);
    if (inPlace != null) {
      return Files.isRegularFile(inPlace) ? inPlace : null;
    }
    try (ResourceTree tree = resources.file(path)) {
      return tree.isEmpty() ? null : unpackFile(CLASS_PATH + path, tree);
    }
  }

  /** Null if there is none. */
  private Path directoryOnClassPath(String path) throws IOException {
    ClassPathResources resources = new ClassPathResources(context.getClassLoader());
    Path inPlace = resources.inPlace(path + "/");
    if (inPlace != null && resources.isInOnePlace(path)) {
      return Files.isDirectory(inPlace) ? inPlace : null;
    }
    try (ResourceTree tree = resources.directory(path)) {
      return tree.isEmpty() ? null : unpack(CLASS_PATH + path + "/", tree);
    }
  }

  /**
   * Unpacks files that lie beside a class in the same archive.
   *
   * @param beside the class
   * @param names paths below its package, with slashes
   * @return the directory that has them and nothing else
   * @throws IOException if one is not there, or they cannot be unpacked
   */
  public Path beside(Class<?> beside, List<String> names) throws IOException {
    String key = "beside:" + beside.getName() + names;
    return once(
            key,
            () -> {
              try (ResourceTree tree = new ResourceTree()) {
                for (String name : names) {
                  tree.add(name, () -> open(beside, name));
                }
                return unpack(key, tree);
              }
            })
        .orElseThrow();
  }

  private static InputStream open(Class<?> beside, String name) throws IOException {
    InputStream in = beside.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name + " is missing beside " + beside.getName());
    }
    return in;
  }

  /** A WAR that stays packed and has no entries of its directories hides them from its loader. */
  private Path ownClasses(String path, String key) throws IOException {
    try (ResourceTree tree = new ContextResources(context).directory("WEB-INF/classes/" + path)) {
      return tree.isEmpty() ? null : unpack(key, tree);
    }
  }

  /**
   * The name as a class loader knows it.
   *
   * @param name with {@value #CLASS_PATH}
   * @return without that, and without a slash at its end
   * @throws IOException if it is no plain path
   */
  public static String nameOnClassPath(String name) throws IOException {
    String path = name.substring(CLASS_PATH.length());
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (String part : bare.split("/", -1)) {
      if (!ResourceTree.isPlain(part)) {
        throw new IOException(
            "must be a path on the class path, without a slash at its beginning and without ..");
      }
    }
    return bare;
  }

  private static boolean leadsOut(String normalizedPath) {
    return normalizedPath.equals("..") || normalizedPath.startsWith("../");
  }

  private Path unpackFile(String name, ResourceTree tree) throws IOException {
    Path directory = unpack(name, tree);
    return directory.resolve(tree.files().iterator().next().getKey());
  }

  private Path unpack(String name, ResourceTree tree) throws IOException {
    if (lasting != null && isUsable(lasting)) {
      String ofApplication = context.getContextPath() + " " + name;
      return UnpackedResources.shared(lasting.resolve(FOLDER)).unpack(ofApplication, tree);
    }
    return UnpackedResources.of(temporaryDirectory.resolve(FOLDER)).unpack(name, tree);
  }

  /** Made for the server's user alone where there is none; modules are kept there as well. */
  private static boolean isUsable(Path folder) {
    try {
      OwnFolder.makeUnlessThere(folder);
      return true;
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "resources are unpacked anew at each start: {0}", e.toString());
      return false;
    }
  }

  private Optional<Path> once(String key, Search search) throws IOException {
    Map<String, Path> found = found();
    synchronized (found) {
      Path present = found.get(key);
      if (present == null) {
        present = search.find();
        if (present != null) {
          found.put(key, present);
        }
      }
      return Optional.ofNullable(present);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Path> found() {
    synchronized (Resources.class) {
      Object present = context.getAttribute(FOUND);
      if (present == null) {
        present = new HashMap<String, Path>();
        context.setAttribute(FOUND, present);
      }
      return (Map<String, Path>) present;
    }
  }
}
