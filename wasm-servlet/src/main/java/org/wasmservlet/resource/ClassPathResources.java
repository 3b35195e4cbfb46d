package org.wasmservlet.resource;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.wasmservlet.container.VirtualFile;

/** What a class loader finds: in directories, in jars, and in jars inside of a jar. */
final class ClassPathResources {
  /** Almost every jar has one, so that it tells where jars are. */
  private static final String MANIFEST = JarFile.MANIFEST_NAME;

  private final ClassLoader loader;

  ClassPathResources(ClassLoader loader) {
    this.loader = loader;
  }

  /** The first one of a name if that is in a directory, else null. */
  Path inPlace(String name) throws IOException {
    List<URL> found = Collections.list(loader.getResources(name));
    return found.isEmpty() || !isFile(found.get(0)) ? null : path(found.get(0));
  }

  /** Whether a directory is in one place alone. */
  boolean isInOnePlace(String name) throws IOException {
    return Collections.list(loader.getResources(name + "/")).size() <= 1;
  }

  /**
   * A file.
   *
   * @return a tree of that file alone, or an empty one
   */
  ResourceTree file(String name) throws IOException {
    ResourceTree tree = new ResourceTree();
    URL found = loader.getResource(name);
    if (found != null) {
      tree.add(name.substring(name.lastIndexOf('/') + 1), () -> open(found));
    }
    return tree;
  }

  /**
   * The files below a directory, of all places where it is; where two have the same, the first on
   * the class path counts.
   *
   * @param name without slashes around it
   * @return an empty tree if there is none
   */
  ResourceTree directory(String name) throws IOException {
    ResourceTree tree = new ResourceTree();
    try {
      for (URL found : Collections.list(loader.getResources(name + "/"))) {
        addBelow(found, name, tree);
      }
      if (tree.isEmpty()) {
        // Some jars have files without the directories that these are in.
        for (URL found : Collections.list(loader.getResources(MANIFEST))) {
          if (!isFile(found)) {
            addBelow(found, name, tree);
          }
        }
      }
      return tree;
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static void addBelow(URL place, String name, ResourceTree tree) throws IOException {
    if (isFile(place)) {
      addBelow(path(place), tree);
      return;
    }
    VirtualFile virtual = VirtualFile.at(place);
    if (virtual != null) {
      addBelow(virtual, "", tree);
      return;
    }
    URLConnection connection = ofJar(place).openConnection();
    connection.setUseCaches(false);
    if (!(connection instanceof JarURLConnection archive)) {
      throw new IOException("the class path has it in a place that cannot be listed: " + place);
    }
    JarFile jar = archive.getJarFile();
    tree.keep(jar);
    String entry = archive.getEntryName();
    // In an archive of archives, the classes of its own may be in a directory of it.
    String prefix =
        entry.endsWith(MANIFEST)
            ? entry.substring(0, entry.length() - MANIFEST.length()) + name + "/"
            : entry;
    for (JarEntry file : Collections.list(jar.entries())) {
      if (!file.isDirectory() && file.getName().startsWith(prefix)) {
        tree.add(file.getName().substring(prefix.length()), () -> jar.getInputStream(file));
      }
    }
  }

  /** Tomcat has its own URLs of what a WAR has that stays packed, and these cannot be listed. */
  private static URL ofJar(URL place) throws MalformedURLException {
    return place.getProtocol().equals("war")
        ? URI.create("jar:" + place.getFile().replaceFirst("\\*/", "!/")).toURL()
        : place;
  }

  private static void addBelow(Path directory, ResourceTree tree) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        tree.add(path, () -> Files.newInputStream(file));
      }
    }
  }

  private static void addBelow(VirtualFile directory, String prefix, ResourceTree tree)
      throws IOException {
    for (VirtualFile file : directory.children()) {
      if (file.isDirectory()) {
        addBelow(file, prefix + file.name() + "/", tree);
      } else {
        tree.add(prefix + file.name(), file::open);
      }
    }
  }

  private static InputStream open(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static boolean isFile(URL url) {
    return url.getProtocol().equals("file");
  }

  private static Path path(URL file) throws IOException {
    try {
      return Path.of(file.toURI()).toAbsolutePath().normalize();
    } catch (URISyntaxException e) {
      throw new IOException("not a file's URL: " + file, e);
    }
  }
}
