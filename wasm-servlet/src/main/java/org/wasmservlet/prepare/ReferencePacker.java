package org.wasmservlet.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.wasmservlet.core.reference.ContentStore;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.host.ModuleLocation;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.report.Report;

/** Fetches modules that are named by reference, so that no server has to. */
final class ReferencePacker {
  private static final List<String> KINDS =
      List.of(ContentStore.MODULE, ContentStore.DESCRIPTION, ContentStore.TAG);

  private final Path folder;
  private final Path fetched;
  private final Path kept;
  private final Report report;

  /** The names of files that have been fetched now. */
  private final Set<String> names = new HashSet<>();

  /**
   * Prepares to.
   *
   * @param folder that gets what is fetched, and may have some of it
   * @param temporary a directory that nobody else has
   * @param kept where what is fetched is kept for the next time; null for nowhere
   */
  ReferencePacker(Path folder, Path temporary, Path kept, Report report) {
    this.folder = folder;
    this.kept = kept;
    this.fetched = temporary.resolve("fetched");
    this.report = report;
  }

  /** Where it is fetched to: the other folder's permissions are not for a cache. */
  Path fetched() {
    return fetched;
  }

  /**
   * What need not be fetched: all that is there, but tags are asked for anew. Whoever asks compares
   * it with its digest.
   */
  Optional<Path> present(String name) {
    if (name.endsWith(ContentStore.TAG) && !names.contains(name)) {
      return Optional.empty();
    }
    return file(folder, name).or(() -> again(name));
  }

  private static Optional<Path> file(Path directory, String name) {
    return Optional.of(directory.resolve(name)).filter(Files::isRegularFile);
  }

  /** What was kept; what cannot be copied is fetched. */
  private Optional<Path> again(String name) {
    if (kept == null || Files.notExists(kept.resolve(name))) {
      return Optional.empty();
    }
    try {
      copy(kept.resolve(name), folder);
      return file(folder, name);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Fetches a route's module, if it is named by reference, or reports why that cannot be done. */
  void pack(RouteOwner owner, ModuleLocation module) {
    if (!module.isReference()) {
      return;
    }
    try {
      Path file = module.file();
      takeOver();
      report.say(owner, module + " is packed: " + file.getFileName());
    } catch (DirectiveException | IOException e) {
      report.fail(owner, e.getMessage());
    }
  }

  private void takeOver() throws IOException {
    if (Files.notExists(fetched)) {
      return;
    }
    try (Stream<Path> files = Files.list(fetched)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (KINDS.stream().anyMatch(name::endsWith)) {
          copy(file, folder);
          if (kept != null && !name.endsWith(ContentStore.TAG)) {
            copy(file, Files.createDirectories(kept));
          }
          Files.delete(file);
          names.add(name);
        }
      }
    }
  }

  /** Without its permissions: whoever runs the server may be another user. */
  private static void copy(Path file, Path directory) throws IOException {
    Path target = directory.resolve(file.getFileName());
    try (InputStream in = Files.newInputStream(file)) {
      Files.deleteIfExists(target);
      Files.copy(in, target);
    }
  }
}
