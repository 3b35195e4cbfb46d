package org.wasmservlet.server.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line as it was written; {@link OptionsReader} says whether it can be used. */
@Command(
    name = "java -jar wasm-server.jar",
    sortOptions = false,
    usageHelpWidth = 100,
    customSynopsis = {
      "java -jar wasm-server.jar MODULE.wasm [--root DIR] [OPTION...]",
      "       java -jar wasm-server.jar -f FILE [OPTION...]",
      "       java -jar wasm-server.jar --webapp [PATH=]DIR [OPTION...]"
    },
    description = {
      "",
      "Serves WebAssembly programs (WASI preview 1) over HTTP, each request in a sandbox of its own.",
      "",
      "A module alone is a CGI program that answers every URL. With --root it is the interpreter of the"
          + " scripts in a directory, whose other files are shown. -f takes the <Location> blocks of an"
          + " httpd.conf with mod_wasm's directives, --webapp a web application with WEB-INF/web.xml or"
          + " WEB-INF/wasm.conf.",
      "",
      "  java -jar wasm-server.jar php-cgi.wasm --root /srv/shop",
      "  java -jar wasm-server.jar php-cgi.wasm --root /srv/shop --write --env DEBUG=1 --port 9090",
      "  java -jar wasm-server.jar hello.wasm --map-dir /data=/srv/data:ro --directive \"WasmTimeout"
          + " 5s\"",
      "  java -jar wasm-server.jar -f httpd-wasm.conf --access-log - --status /status",
      ""
    },
    parameterListHeading = "What is served:%n",
    optionListHeading = "",
    footer = {
      "",
      "The JVM's own options come first: java -Xmx1g -jar wasm-server.jar ... Half of the heap is what"
          + " all programs together may have.",
      "",
      "Ctrl-C and SIGTERM stop the server: it takes no more connections, and lets requests end. A second"
          + " one ends it at once.",
      "",
      "Exit codes: 0 stopped, or --check has found no fault; 1 it could not start; 2 a mistake on the"
          + " command line; 130, 143 ended by a signal before it was ready, or by a second one.",
      "",
      "More: docs/server.md; directives: docs/configuration.md."
    })
final class Arguments {
  @Parameters(
      arity = "0..*",
      paramLabel = "MODULE.wasm",
      description =
          "The program, a module for WASI preview 1: a file, or a reference by https:// or oci://.")
  List<String> modules = new ArrayList<>();

  @Option(
      names = {"-f", "--config"},
      paramLabel = "FILE",
      description =
          "Or a file of <Location> blocks. Relative paths in it are relative to its directory.")
  String config;

  @Option(
      names = "--webapp",
      paramLabel = "[PATH=]DIR",
      description = "Or a web application, at / or at PATH; may be repeated.")
  List<String> webApps = new ArrayList<>();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = {
        "The directory that is served. The program has it as /app, to read. Names that begin with a dot"
            + " are not served.",
        "PHP (a module whose name begins with php) runs *.php; index.php or index.html answers for a"
            + " directory, and index.php, if DIR has one, for what does not exist. It has a /tmp for"
            + " sessions and uploads. Other interpreters need --directive \"WasmHandler .SUFFIX\"."
      })
  String root;

  @Option(names = "--write", description = "The program may write to the directory of --root.")
  boolean write;

  @Option(
      names = "--map-dir",
      paramLabel = "GUEST=HOST[:ro]",
      description =
          "A directory that the program has as GUEST, to read and write, or with :ro to read. HOST may"
              + " be tmp: or tmp:NAME. May be repeated.")
  List<String> mapDirs = new ArrayList<>();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description =
          "A variable of the program's environment, which has nothing of the server's. May be"
              + " repeated.")
  List<String> environment = new ArrayList<>();

  @Option(
      names = "--arg",
      paramLabel = "WORD",
      description = "An argument of the program. May be repeated.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--directive",
      paramLabel = "\"WasmX VALUE\"",
      description = {
        "Any directive, as web.xml and httpd.conf have them; it takes the place of what the server"
            + " would set. May be repeated."
      })
  List<String> directives = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Default: 8080. 0 takes a free one, and prints it.")
  String port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description =
          "Where to listen. Default: 127.0.0.1, which other machines do not reach; 0.0.0.0 for all.")
  String address;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE.pem",
      description = "HTTPS with this certificate, and those between it and its authority.")
  String certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE.pem",
      description =
          "Its private key, which is not encrypted. Default: it is in the certificate's file.")
  String key;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "A line for each request, in httpd's combined format, at the end of FILE; - is standard"
              + " output.")
  String accessLog;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where compiled modules are kept, so that the next start compiles nothing; Off keeps none."
              + " Default: in the user's folder for such.")
  String cache;

  @Option(
      names = "--status",
      paramLabel = "PATH",
      description = "Shows there what the programs do, to clients on this machine alone.")
  String statusPath;

  @Option(
      names = "--stop-timeout",
      paramLabel = "TIME",
      description = "How long a stop waits for requests to end. Default: 30s.")
  String stopTimeout;

  @Option(
      names = "--check",
      description = "Says whether it would start, compiles what is not compiled yet, and ends.")
  boolean check;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "The version.")
  boolean version;

  /** Made by whoever parses. */
  Arguments() {}
}
