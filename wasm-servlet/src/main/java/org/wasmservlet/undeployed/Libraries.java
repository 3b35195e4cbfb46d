package org.wasmservlet.undeployed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The classes and libraries of a web application, as a container has them: for what lies among them
 * that is no class. Nothing of them is run.
 */
final class Libraries implements Closeable {
  /** What containers show of libraries beside the web application's own files. */
  private static final String SHOWN = "META-INF/resources";

  private static final String FINGERPRINT = "org/wasmservlet/compiler/prepared/fingerprint";

  private final List<JarFile> jars;
  private final URLClassLoader loader;

  private Libraries(List<JarFile> jars, URLClassLoader loader) {
    this.jars = jars;
    this.loader = loader;
  }

  /**
   * Opens those of a web application.
   *
   * @param root its
   * @throws IOException if one cannot be read; the message names it
   */
  static Libraries of(Path root) throws IOException {
    List<JarFile> jars = new ArrayList<>();
    List<URL> urls = new ArrayList<>();
    urls.add(root.resolve("WEB-INF/classes/").toUri().toURL());
    Path lib = root.resolve("WEB-INF/lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> files = Files.list(lib)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
          jars.add(open(file));
          urls.add(file.toUri().toURL());
        }
      }
    }
    return new Libraries(
        jars, new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  private static JarFile open(Path file) throws IOException {
    try {
      return new JarFile(file.toFile());
    } catch (IOException e) {
      throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  List<JarFile> jars() {
    return Collections.unmodifiableList(jars);
  }

  ClassLoader loader() {
    return loader;
  }

  /** Whether the compiler is there and is not the one that runs here. */
  boolean haveAnotherBuild() throws IOException {
    try (InputStream theirs = loader.getResourceAsStream(FINGERPRINT);
        InputStream own = Libraries.class.getClassLoader().getResourceAsStream(FINGERPRINT)) {
      return theirs != null
          && own != null
          && !Arrays.equals(theirs.readAllBytes(), own.readAllBytes());
    }
  }

  /**
   * Opens a file that a container would show.
   *
   * @param path from the root, with a slash at its beginning
   * @return null if no library has it
   */
  InputStream shown(String path) throws IOException {
    for (JarFile jar : jars) {
      JarEntry entry = jar.getJarEntry(SHOWN + path);
      if (entry != null && !entry.isDirectory()) {
        return jar.getInputStream(entry);
      }
    }
    return null;
  }

  /**
   * What is in a directory that a container would show.
   *
   * @param path from the root, with slashes around it
   * @return paths from the root; those of directories end with a slash
   */
  Set<String> shownBelow(String path) {
    Set<String> found = new TreeSet<>();
    for (JarFile jar : jars) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        String prefix = SHOWN + path;
        if (name.startsWith(prefix) && name.length() > prefix.length()) {
          int slash = name.indexOf('/', prefix.length());
          int end = slash < 0 ? name.length() : slash + 1;
          found.add(name.substring(SHOWN.length(), end));
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    loader.close();
    for (JarFile jar : jars) {
      jar.close();
    }
  }
}
