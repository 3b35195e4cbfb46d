package org.wasmservlet.server.option;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.wasmservlet.directive.NearestName;
import org.wasmservlet.directive.TimeSpan;
import org.wasmservlet.server.option.Options.AccessLogTarget;
import org.wasmservlet.server.option.Options.Endpoint;
import org.wasmservlet.server.option.Options.Tls;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line. */
public final class OptionsReader {
  private static final int DEFAULT_PORT = 8080;
  private static final int LAST_PORT = 65535;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String STANDARD_OUTPUT = "-";

  private final Arguments arguments = new Arguments();
  private final CommandLine commandLine = new CommandLine(arguments);

  /**
   * Makes a reader.
   *
   * @param version of the server, as {@code --version} tells it
   */
  public OptionsReader(String version) {
    // What is in files of arguments would have no origin to be named.
    commandLine.setExpandAtFiles(false);
    // An argument of a program may look like one of ours.
    commandLine.setAllowOptionsAsOptionParameters(true);
    commandLine.getCommandSpec().version("wasm-server " + version);
  }

  /**
   * Reads.
   *
   * @param out for {@code --help} and {@code --version}
   * @param words of the command line
   * @return empty if there is nothing left to do
   * @throws UsageException if it cannot be used
   */
  public Optional<Options> read(PrintStream out, String... words) throws UsageException {
    try {
      commandLine.parseArgs(words);
    } catch (ParameterException e) {
      throw new UsageException(message(e));
    }
    if (commandLine.isUsageHelpRequested()) {
      commandLine.usage(out);
      return Optional.empty();
    }
    if (commandLine.isVersionHelpRequested()) {
      commandLine.printVersionHelp(out);
      return Optional.empty();
    }
    return Optional.of(
        new Options(
            new ContentReader(arguments).read(),
            endpoint(),
            accessLog(),
            Cache.of(arguments.cache),
            statusPath(),
            stopTimeout(),
            arguments.check));
  }

  private String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
      String written = unmatched.getUnmatched().get(0);
      String meant = NearestName.of(written, commandLine.getCommandSpec().optionsMap().keySet());
      return written + ": no such option; did you mean " + meant + "?";
    }
    return e.getMessage();
  }

  private Endpoint endpoint() throws UsageException {
    return new Endpoint(address(), port(), tls());
  }

  private String address() throws UsageException {
    String address = arguments.address == null ? LOOPBACK : arguments.address;
    try {
      InetAddress.getByName(address.isBlank() ? "?" : address);
      return address;
    } catch (UnknownHostException e) {
      throw new UsageException("--address", address, "no address or name of a host");
    }
  }

  private int port() throws UsageException {
    if (arguments.port == null) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(arguments.port);
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // As the other numbers that are no ports.
    }
    throw new UsageException("--port", arguments.port, "must be a number from 0 to " + LAST_PORT);
  }

  private Optional<Tls> tls() throws UsageException {
    if (arguments.certificate == null) {
      if (arguments.key != null) {
        throw new UsageException("--tls-key", arguments.key, "goes with --tls-certificate");
      }
      return Optional.empty();
    }
    Path certificate = Given.file("--tls-certificate", arguments.certificate);
    Path key = arguments.key == null ? certificate : Given.file("--tls-key", arguments.key);
    requirePem("--tls-certificate", certificate, "-----BEGIN CERTIFICATE-----");
    requirePem(arguments.key == null ? "--tls-certificate" : "--tls-key", key, " PRIVATE KEY-----");
    return Optional.of(new Tls(certificate, key));
  }

  private static void requirePem(String option, Path file, String part) throws UsageException {
    try {
      if (!Files.readString(file, StandardCharsets.ISO_8859_1).contains(part)) {
        throw new UsageException(option, file.toString(), "has no line " + part + " of PEM");
      }
    } catch (IOException e) {
      throw new UsageException(option, file.toString(), "cannot be read: " + e);
    }
  }

  private Optional<AccessLogTarget> accessLog() throws UsageException {
    if (arguments.accessLog == null) {
      return Optional.empty();
    }
    if (arguments.accessLog.equals(STANDARD_OUTPUT)) {
      return Optional.of(new AccessLogTarget(Optional.empty()));
    }
    Path file = Given.path("--access-log", arguments.accessLog);
    try {
      // Whether it can be written must be known before anything starts.
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      throw new UsageException(
          "--access-log", arguments.accessLog, "cannot be written: " + Given.reason(e));
    }
    return Optional.of(new AccessLogTarget(Optional.of(file)));
  }

  private Optional<String> statusPath() throws UsageException {
    String path = arguments.statusPath;
    if (path == null) {
      return Optional.empty();
    }
    if (!path.matches("/[\\w./-]*[\\w.-]") || path.contains("//") || path.contains("/.")) {
      throw new UsageException(
          "--status", path, "must be a path of letters, digits, dots, - and _, such as /status");
    }
    if (!arguments.webApps.isEmpty()) {
      throw new UsageException(
          "--status", path, "a web application maps org.wasmservlet.WasmStatusServlet itself");
    }
    return Optional.of(path);
  }

  private Duration stopTimeout() throws UsageException {
    String text = arguments.stopTimeout == null ? "30s" : arguments.stopTimeout;
    try {
      return TimeSpan.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--stop-timeout", text, e.getMessage());
    }
  }
}
