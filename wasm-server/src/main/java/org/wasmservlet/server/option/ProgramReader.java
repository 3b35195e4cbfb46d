package org.wasmservlet.server.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.wasmservlet.directive.Directive;

/**
 * Makes the directives of a program from what the command line says of it, with those that its user
 * would have to write otherwise.
 */
final class ProgramReader {
  private static final String MODULE = "MODULE.wasm";
  private static final Pattern REFERENCE = Pattern.compile("[a-z]+://.*");
  private static final String ROOT = "--root";
  private static final String GUEST_ROOT = "/app";
  private static final String TEMPORARY = "/tmp";
  private static final String PHP_INDEX = "index.php";

  private final Arguments arguments;
  private final ProgramDirectives directives = new ProgramDirectives();

  ProgramReader(Arguments arguments) {
    this.arguments = arguments;
  }

  Content.Program read() throws UsageException {
    for (String directive : arguments.directives) {
      directives.addWritten("--directive", directive);
    }
    String module = arguments.modules.get(0);
    directives.add(MODULE, module, Directive.MODULE, located(module));
    for (String argument : arguments.arguments) {
      directives.add("--arg", argument, Directive.ARG, argument);
    }
    addEnvironment();
    addMapDirs();
    if (arguments.root != null) {
      addRoot(module);
    } else if (arguments.write) {
      throw new UsageException("--write", null, "goes with --root");
    }
    directives.addUnlessThere(Directive.ENABLE_CGI, "On");
    return directives.program();
  }

  /** A reference to a module that is to be fetched is left to the directive. */
  private static String located(String module) throws UsageException {
    return REFERENCE.matcher(module).matches() ? module : Given.file(MODULE, module).toString();
  }

  private void addEnvironment() throws UsageException {
    for (String variable : arguments.environment) {
      int equals = variable.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--env", variable, "must be NAME=VALUE");
      }
      directives.add(
          "--env",
          variable,
          Directive.ENV,
          variable.substring(0, equals),
          variable.substring(equals + 1));
    }
  }

  private void addMapDirs() throws UsageException {
    for (String mapping : arguments.mapDirs) {
      MapDir parts = MapDir.parse("--map-dir", mapping);
      directives.add("--map-dir", mapping, Directive.MAP_DIR, parts.words().toArray(String[]::new));
    }
  }

  private void addRoot(String module) throws UsageException {
    Path root = Given.directory(ROOT, arguments.root);
    boolean isPhp =
        module.substring(module.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).startsWith("php")
            && !directives.has(Directive.HANDLER);
    if (!isPhp
        && !directives.has(Directive.HANDLER)
        && !directives.has(Directive.DIRECTORY_INDEX)) {
      throw new UsageException(
          ROOT,
          arguments.root,
          "which of its files are programs? PHP's are known where the module's name begins with php;"
              + " for others write --directive \"WasmHandler .SUFFIX\"");
    }
    directives.add(ROOT, arguments.root, Directive.DOCUMENT_ROOT, root.toString());
    if (!directives.mapsGuestPath(GUEST_ROOT)) {
      directives.add(
          ROOT,
          arguments.root,
          Directive.MAP_DIR,
          GUEST_ROOT,
          root.toString(),
          arguments.write ? "rw" : "ro");
    } else if (arguments.write) {
      throw new UsageException(
          "--write", null, "another directory is mapped to " + GUEST_ROOT + " already");
    }
    directives.addUnlessThere(Directive.MAP_CGI_FILE_NAMES, "On");
    if (isPhp) {
      addPhp(root);
    }
  }

  private void addPhp(Path root) {
    directives.addUnlessThere(Directive.HANDLER, ".php");
    directives.addUnlessThere(Directive.DIRECTORY_INDEX, PHP_INDEX + " index.html");
    if (Files.isRegularFile(root.resolve(PHP_INDEX))) {
      directives.addUnlessThere(Directive.FALLBACK, "/" + PHP_INDEX);
    }
    if (!directives.mapsGuestPath(TEMPORARY)) {
      directives.addLine(Directive.MAP_DIR, TEMPORARY + " tmp:server");
      if (!directives.hasVariable("TMPDIR")) {
        directives.addLine(Directive.ENV, "TMPDIR " + TEMPORARY);
      }
    }
  }
}
