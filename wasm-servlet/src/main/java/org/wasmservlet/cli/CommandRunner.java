package org.wasmservlet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.host.ModuleStorage;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.report.Report;
import org.wasmservlet.route.ProgramSetup;
import org.wasmservlet.undeployed.UndeployedApplication;

/**
 * Runs a command where a web application's own would be run, with the console. Whoever does that
 * owns the application: there are no limits of time, and what requests may only read is written.
 */
final class CommandRunner {
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(100);

  private CommandRunner() {}

  /**
   * Runs one.
   *
   * @param console that it has
   * @param root of the web application, which is not packed
   * @param servlet the name of a servlet or filter that has an application
   * @param command a script and its arguments, or what else the interpreter takes for one
   * @return the command's exit code, or 1 if it could not be run
   */
  static int run(Console console, Path root, String servlet, List<String> command) {
    Report report = console.report();
    try {
      if (!Files.isDirectory(root.resolve("WEB-INF"))) {
        throw new IOException("is no directory of a web application");
      }
      try (UndeployedApplication application = new UndeployedApplication(root)) {
        Optional<RouteOwner> owner =
            application.routes(report).stream()
                .filter(route -> route.name().equals(servlet))
                .findFirst();
        if (owner.isPresent()) {
          return run(console, report, owner.get(), root, command);
        }
        throw new IOException("has no servlet or filter '" + servlet + "' of this library");
      }
    } catch (IOException e) {
      report.fail(root, e.getMessage());
      return 1;
    }
  }

  private static int run(
      Console console, Report report, RouteOwner owner, Path root, List<String> command) {
    Path folder = root.resolve(ModuleStorage.OWN_FOLDER);
    PreparedModules prepared =
        PreparedModules.none()
            .orFrom(name -> Optional.of(folder.resolve(name)).filter(Files::isRegularFile));
    try {
      WasmConfig config = ProgramSetup.of(owner, command).load(prepared);
      try {
        Outcome outcome =
            WasmExecution.of(asOwner(config))
                .stdin(console.in())
                .stdout(console.out())
                .stderr(console.err())
                .run();
        console.out().flush();
        return exitCode(report, owner, outcome);
      } finally {
        config.module().close();
      }
    } catch (DirectiveException e) {
      report.fail(owner, e.getMessage());
      return 1;
    }
  }

  private static WasmConfig asOwner(WasmConfig config) {
    WasmConfig.Builder builder = WasmConfig.builder(config.module());
    builder.programName(config.arguments().get(0));
    config.arguments().stream().skip(1).forEach(builder::argument);
    config.environment().forEach(builder::environment);
    for (Preopen given : config.preopens()) {
      builder.preopen(given.guestPath(), given.hostDirectory(), access(given));
    }
    WasmLimits limits = config.limits();
    return builder
        .limits(
            limits
                .withTimeout(AS_LONG_AS_IT_TAKES)
                .withOutput(Long.MAX_VALUE)
                .withWritten(Long.MAX_VALUE))
        .build();
  }

  private static Preopen.Access access(Preopen given) {
    return given.access() == Preopen.Access.READ_ONLY ? Preopen.Access.READ_WRITE : given.access();
  }

  private static int exitCode(Report report, RouteOwner owner, Outcome outcome) {
    if (outcome instanceof Outcome.Success) {
      return 0;
    }
    if (outcome instanceof Outcome.Exit exit) {
      return exit.code();
    }
    report.fail(owner, "the command was stopped: " + outcome);
    return 1;
  }
}
