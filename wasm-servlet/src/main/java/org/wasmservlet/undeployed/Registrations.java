package org.wasmservlet.undeployed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Looks for what may register servlets of this library when a web application starts: classes that
 * name them, and descriptors in libraries. What they do then is known to nobody before.
 */
final class Registrations {
  private static final List<String> NAMES =
      List.of("org/wasmservlet/Wasm", "org.wasmservlet.WasmServlet", "org.wasmservlet.WasmFilter");

  private static final String OWN_CLASS = "org/wasmservlet/WasmServlet.class";
  private static final String FRAGMENT = "META-INF/web-fragment.xml";
  private static final String CLASS = ".class";

  private final Path root;
  private final Libraries libraries;

  Registrations(Path root, Libraries libraries) {
    this.root = root;
    this.libraries = libraries;
  }

  /** The names of files that do, in an order of theirs. */
  List<String> find() throws IOException {
    List<String> found = new ArrayList<>();
    Path classes = root.resolve("WEB-INF/classes");
    if (Files.isDirectory(classes)) {
      try (Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.filter(f -> f.toString().endsWith(CLASS)).sorted().toList()) {
          String name = classes.relativize(file).toString().replace('\\', '/');
          if (!isOwn(name) && isOne(Files.readAllBytes(file))) {
            found.add("WEB-INF/classes/" + name);
          }
        }
      }
    }
    for (JarFile jar : libraries.jars()) {
      if (jar.getEntry(OWN_CLASS) == null) {
        addThoseOf(jar, found);
      }
    }
    return found;
  }

  private static void addThoseOf(JarFile jar, List<String> found) throws IOException {
    String name = Path.of(jar.getName()).getFileName().toString();
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (entry.getName().endsWith(CLASS) || entry.getName().equals(FRAGMENT)) {
        try (InputStream in = jar.getInputStream(entry)) {
          if (!isOwn(entry.getName()) && isOne(in.readAllBytes())) {
            found.add("WEB-INF/lib/" + name + "!/" + entry.getName());
          }
        }
      }
    }
  }

  private static boolean isOwn(String name) {
    return name.startsWith("org/wasmservlet/");
  }

  /** Names of classes are ASCII, in class files too. */
  private static boolean isOne(byte[] content) {
    String text = new String(content, ISO_8859_1);
    return NAMES.stream().anyMatch(text::contains);
  }
}
