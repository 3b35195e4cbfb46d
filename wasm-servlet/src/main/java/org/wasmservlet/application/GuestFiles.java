package org.wasmservlet.application;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wasmservlet.core.Preopen;

/** Looks for the files that a guest is going to open. Immutable. */
final class GuestFiles {
  private final List<Preopen> preopens;

  GuestFiles(List<Preopen> preopens) {
    this.preopens = preopens;
  }

  /**
   * Looks for one.
   *
   * @param guestPath absolute
   * @param isPresent whether it is on the host what it has to be
   * @throws IOException if the guest is not going to find it; the message names it
   */
  void require(String guestPath, Predicate<Path> isPresent) throws IOException {
    Path path = Path.of(guestPath).normalize();
    Optional<Preopen> longest =
        preopens.stream()
            .filter(preopen -> path.startsWith(preopen.guestPath()))
            .max(Comparator.comparingInt(preopen -> preopen.guestPath().length()));
    if (longest.isEmpty()) {
      throw new IOException(guestPath + " is in no directory of WasmMapDir or WasmDir");
    }
    Preopen preopen = longest.get();
    Path host =
        preopen.hostDirectory().resolve(Path.of(preopen.guestPath()).relativize(path).toString());
    // What will be in a private directory nobody knows.
    if (preopen.access() != Preopen.Access.PRIVATE && !isPresent.test(host)) {
      throw new IOException(guestPath + " is not there: looked for " + host);
    }
  }
}
