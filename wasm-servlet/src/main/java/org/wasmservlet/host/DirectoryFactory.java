package org.wasmservlet.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.directive.DirectoryLine;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.preopen.ConflictException;
import org.wasmservlet.preopen.GivenDirectories;
import org.wasmservlet.preopen.HostPlace;

/** Gives a route's guests their directories, or says which of them cannot be given. */
public final class DirectoryFactory {
  private final Directives directives;
  private final HostFiles files;
  private final RouteOwner owner;

  /** What a directory was given by, by its guest path. */
  private final Map<String, Line> lines = new HashMap<>();

  /**
   * Makes a factory.
   *
   * @param directives of the route
   * @param files of its web application
   * @param owner whose they are
   */
  public DirectoryFactory(Directives directives, HostFiles files, RouteOwner owner) {
    this.directives = directives;
    this.files = files;
    this.owner = owner;
  }

  private record Line(Directive directive, List<String> words) {
    DirectiveException wrong(String reason, Exception cause) {
      return new DirectiveException(directive.parameter(), String.join(" ", words), reason, cause);
    }
  }

  /** Adds the directories of the two directives. */
  public void addTo(WasmConfig.Builder config) throws DirectiveException {
    for (Directive directive : new Directive[] {Directive.DIR, Directive.MAP_DIR}) {
      for (List<String> words : directives.all(directive)) {
        add(new Line(directive, words), config);
      }
    }
  }

  private void add(Line line, WasmConfig.Builder config) throws DirectiveException {
    DirectoryLine parts = DirectoryLine.of(line.directive, line.words);
    try {
      config.preopen(parts.guestPath(), directory(line, parts), access(line, parts));
    } catch (IOException | IllegalArgumentException e) {
      throw line.wrong(e.getMessage(), e);
    }
    remember(line, config);
  }

  /**
   * Adds a directory of the host's own, to be read.
   *
   * @param directive for whose sake
   * @param guestPath what guests call it
   */
  public void addOwn(
      Directive directive, String guestPath, Path directory, WasmConfig.Builder config)
      throws DirectiveException {
    Line line = new Line(directive, directives.words(directive));
    try {
      config.preopen(guestPath, directory, Preopen.Access.READ_ONLY);
    } catch (IllegalArgumentException e) {
      throw line.wrong(e.getMessage(), e);
    }
    remember(line, config);
  }

  /** For what turns out to be wrong with the directory that was added last. */
  private void remember(Line line, WasmConfig.Builder config) {
    List<Preopen> given = config.preopens();
    lines.put(given.get(given.size() - 1).guestPath(), line);
  }

  private Path directory(Line line, DirectoryLine parts) throws IOException {
    if (line.directive == Directive.MAP_DIR && parts.isPrivate()) {
      return files.temporaryDirectory();
    }
    if (line.directive == Directive.MAP_DIR && parts.isShared()) {
      return files.sharedDirectory(parts.name());
    }
    HostFiles.Directory found = files.directory(parts.hostDirectory());
    if (found.isResource() && !parts.readOnly()) {
      throw new IOException(
          "belongs to the application's archive, which cannot be written; put ro at the end, or"
              + " name a directory of the host");
    }
    return found.path();
  }

  private static Preopen.Access access(Line line, DirectoryLine parts) {
    if (line.directive == Directive.MAP_DIR && parts.isPrivate()) {
      return Preopen.Access.PRIVATE;
    }
    return parts.readOnly() ? Preopen.Access.READ_ONLY : Preopen.Access.READ_WRITE;
  }

  /**
   * Lists the directories for all routes of the JVM.
   *
   * @return to be closed with the route
   */
  public GivenDirectories register(WasmConfig.Builder config) throws DirectiveException {
    try {
      return GivenDirectories.register(
          owner + " of " + owner.context().getContextPath() + "/", config.preopens());
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.MAP_DIR.parameter(), null, "a directory cannot be resolved: " + e, e);
    }
  }

  /**
   * Refuses directories by which a program could change what the host or other programs work with.
   *
   * @param cacheFolder where compiled modules are kept, or null
   */
  public void guard(GivenDirectories given, Path cacheFolder) throws DirectiveException {
    String lockFile = directives.value(Directive.LOCK_FILE);
    List<HostPlace> places = new ArrayList<>();
    try {
      Path root = files.root();
      if (root != null) {
        places.add(all("WEB-INF", root.resolve("WEB-INF")));
        places.add(all("META-INF", root.resolve("META-INF")));
        places.add(all("the root directory", root));
      }
      places.add(temporary(files.temporaryDirectory()));
      if (cacheFolder != null) {
        places.add(all(Directive.CACHE_DIR.parameter(), cacheFolder));
      }
      if (lockFile != null) {
        places.add(
            HostPlace.of(
                Directive.LOCK_FILE.parameter(),
                files.place(lockFile),
                HostPlace.Extent.UNREADABLE));
      }
      given.guard(places, owner.context().getClassLoader());
    } catch (ConflictException e) {
      throw wrong(e);
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.LOCK_FILE.parameter(), lockFile, "cannot be opened: " + e, e);
    }
  }

  private static HostPlace all(String name, Path path) {
    return HostPlace.of(name, path, HostPlace.Extent.ALL);
  }

  /** Where the container has none for each web application, it is the JVM's and of many users. */
  private static HostPlace temporary(Path path) {
    boolean isOwn = !path.equals(Path.of(System.getProperty("java.io.tmpdir")));
    return HostPlace.of(
        "the temporary directory",
        path,
        isOwn ? HostPlace.Extent.TEMPORARY : HostPlace.Extent.ITSELF);
  }

  private DirectiveException wrong(ConflictException conflict) {
    HostPlace place = conflict.place();
    if (place == null) {
      String guestPath = conflict.directory().preopen().guestPath();
      return lines.get(guestPath).wrong(conflict.getMessage(), conflict);
    }
    boolean isLock = place.name().equals(Directive.LOCK_FILE.parameter());
    return new DirectiveException(
        place.name(),
        isLock ? directives.value(Directive.LOCK_FILE) : place.path().toString(),
        conflict.getMessage(),
        conflict);
  }
}
