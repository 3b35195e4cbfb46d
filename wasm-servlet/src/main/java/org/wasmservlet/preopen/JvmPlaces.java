package org.wasmservlet.preopen;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The places of the JVM and of the container that it runs. */
final class JvmPlaces {
  private static final List<String> CONTAINERS =
      List.of(
          "catalina.base",
          "catalina.home",
          "jetty.base",
          "jetty.home",
          "jboss.server.base.dir",
          "jboss.home.dir",
          "com.sun.aas.instanceRoot",
          "com.sun.aas.installRoot",
          "server.output.dir",
          "wlp.install.dir");

  private static final List<String> CLASS_PATHS =
      List.of("java.class.path", "jdk.module.path", "java.library.path");

  private final List<HostPlace> places = new ArrayList<>();

  private JvmPlaces() {}

  /**
   * Finds them, as system properties and class loaders have them now.
   *
   * @param loader a web application's
   */
  static List<HostPlace> of(ClassLoader loader) {
    JvmPlaces found = new JvmPlaces();
    for (String property : CONTAINERS) {
      found.add("the container's", property, HostPlace.Extent.ALL);
    }
    found.add("Java itself", "java.home", HostPlace.Extent.ALL);
    for (String property : CLASS_PATHS) {
      found.addClassPath(property);
    }
    found.addLoaders(loader);
    found.add("where the JVM has temporary files", "java.io.tmpdir", HostPlace.Extent.ITSELF);
    found.addProcess();
    return List.copyOf(found.places);
  }

  private void add(String what, String property, HostPlace.Extent extent) {
    String value = System.getProperty(property);
    if (value != null && !value.isEmpty()) {
      add(what + " (" + property + ")", parse(value), extent);
    }
  }

  private void addClassPath(String property) {
    for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        add("code of the JVM (" + property + ")", parse(entry), HostPlace.Extent.ALL);
      }
    }
  }

  private void addLoaders(ClassLoader first) {
    for (ClassLoader loader = first; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader files && files.getURLs() != null) {
        for (URL url : files.getURLs()) {
          add("code that the container loads", parse(url), HostPlace.Extent.ALL);
        }
      }
    }
  }

  /** What HotSpot has mapped into its memory, and what Linux shows of a process, to be written. */
  private void addProcess() {
    Path counters = Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"));
    for (Path path : new Path[] {counters, parse("/proc")}) {
      if (path != null && Files.exists(path)) {
        add("the memory of the JVM", path, HostPlace.Extent.ALL);
      }
    }
  }

  private void add(String name, Path path, HostPlace.Extent extent) {
    if (path != null) {
      places.add(HostPlace.of(name, path, extent));
    }
  }

  private static Path parse(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Null for what is in no file, and for a file in a jar, whose jar has an entry of its own. */
  private static Path parse(URL url) {
    try {
      return url.getProtocol().equals("file") ? Path.of(URI.create(url.toString())) : null;
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }
}
