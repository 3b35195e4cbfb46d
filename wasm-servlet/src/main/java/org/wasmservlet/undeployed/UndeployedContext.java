package org.wasmservlet.undeployed;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a container would tell routes of their web application, where there is none. */
final class UndeployedContext {
  private final Path root;
  private final Libraries libraries;
  private final Map<String, String> initParams;
  private final Map<String, Object> attributes = new HashMap<>();
  private final ServletContext proxy;

  /**
   * Makes it.
   *
   * @param root of the web application, which is unpacked
   * @param temporary where it may put files
   * @param initParams context-params
   */
  UndeployedContext(
      Path root, Path temporary, Libraries libraries, Map<String, String> initParams) {
    this.root = root.toAbsolutePath().normalize();
    this.libraries = libraries;
    this.initParams = initParams;
    this.attributes.put(ServletContext.TEMPDIR, temporary.toFile());
    this.proxy =
        (ServletContext)
            Proxy.newProxyInstance(
                UndeployedContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (self, method, arguments) -> answer(method.getName(), arguments));
  }

  ServletContext asServletContext() {
    return proxy;
  }

  private Object answer(String method, Object... arguments) throws IOException {
    return switch (method) {
      case "getAttribute" -> attributes.get((String) arguments[0]);
      case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
      case "getClassLoader" -> libraries.loader();
      case "getContextPath" -> "";
      case "getInitParameter" -> initParams.get((String) arguments[0]);
      case "getRealPath" -> inside((String) arguments[0]).toString();
      case "getResourceAsStream" -> resource((String) arguments[0]);
      case "getResourcePaths" -> resourcePaths((String) arguments[0]);
      case "getServerInfo" -> "wasm-servlet";
      case "hashCode" -> System.identityHashCode(this);
      case "toString" -> root.toString();
      case "equals" -> arguments[0] == proxy;
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private Path inside(String path) {
    return root.resolve(path.substring(1)).normalize();
  }

  private InputStream resource(String path) throws IOException {
    Path file = inside(path);
    return file.startsWith(root) && Files.isRegularFile(file)
        ? Files.newInputStream(file)
        : libraries.shown(path);
  }

  /** Null if there are none, as containers have it. */
  private Set<String> resourcePaths(String directory) throws IOException {
    Set<String> paths = new TreeSet<>(libraries.shownBelow(directory));
    Path inside = inside(directory);
    if (inside.startsWith(root) && Files.isDirectory(inside)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(inside)) {
        for (Path file : files) {
          paths.add(directory + file.getFileName() + (Files.isDirectory(file) ? "/" : ""));
        }
      }
    }
    return paths.isEmpty() ? null : paths;
  }
}
