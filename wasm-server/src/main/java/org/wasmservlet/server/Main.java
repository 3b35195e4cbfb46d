package org.wasmservlet.server;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.wasmservlet.server.console.ConsoleLog;
import org.wasmservlet.server.console.Programs;
import org.wasmservlet.server.console.StopSignal;
import org.wasmservlet.server.option.Options;
import org.wasmservlet.server.option.OptionsReader;
import org.wasmservlet.server.option.UsageException;
import org.wasmservlet.server.tomcat.StartException;
import org.wasmservlet.server.tomcat.WasmTomcat;

/** The command: {@code java -jar wasm-server.jar --help} says what it takes. */
public final class Main {
  private static final int OK = 0;
  private static final int NOT_STARTED = 1;
  private static final int USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Serves until it is stopped and ends the JVM: with 0, with 1 if it could not start, with 2 if
   * the command line makes no sense.
   *
   * @param words of the command line
   * @throws InterruptedException if the main thread is interrupted, which nobody does
   */
  public static void main(String[] words) throws InterruptedException {
    System.exit(new Main(System.out, System.err).run(words));
  }

  private int run(String... words) throws InterruptedException {
    try {
      Optional<Options> options = new OptionsReader(version()).read(out, words);
      return options.isPresent() ? serve(options.get()) : OK;
    } catch (UsageException e) {
      err.println("wasm-server: " + e.getMessage());
      err.println("Nothing was started; --help tells all options.");
      return USAGE;
    } catch (StartException e) {
      e.getMessage().lines().forEach(line -> err.println("wasm-server: " + line));
      err.println("Nothing was started.");
      return NOT_STARTED;
    }
  }

  private int serve(Options options) throws StartException, InterruptedException {
    ConsoleLog.install();
    WasmTomcat server = new WasmTomcat(options, out);
    server.start();
    if (options.check()) {
      server.stop();
      out.println("Nothing is wrong: it would start.");
      return OK;
    }
    StopSignal stop = StopSignal.listen();
    server.urls().forEach(out::println);
    out.flush();
    err.printf("Ready after %.1f s. Ctrl-C stops it.%n", secondsSinceStart());
    Programs.tellInBackground(err);
    stop.await();
    server.stop();
    err.println("Stopped.");
    return OK;
  }

  /** Of the JVM. */
  private static double secondsSinceStart() {
    Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("(not built as a jar)");
  }
}
