package org.wasmservlet.oci;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wasmservlet.core.reference.FetchLimits;
import org.wasmservlet.core.reference.ModuleFetcher;
import org.wasmservlet.core.reference.ModuleReference;

/** A process that fetches a module into a folder when it is told to, and tells its file. */
final class FetchingProcess {
  private FetchingProcess() {}

  public static void main(String[] arguments) throws Exception {
    ModuleFetcher fetcher =
        ModuleFetcher.of(
            Path.of(arguments[0]),
            name -> Optional.empty(),
            FetchingProcess.class.getClassLoader(),
            FetchLimits.of(Duration.ofSeconds(30)));
    System.in.read();
    System.out.println(fetcher.locate(ModuleReference.parse(arguments[1])));
  }
}
