package org.wasmservlet.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.directive.ApplicationLine;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.host.DirectoryFactory;
import org.wasmservlet.host.HostFiles;

/** Gives a route's interpreter the application that it is to run, or says why it cannot be run. */
public final class ApplicationFactory {
  /** What guests call the directory of the adapters. */
  static final String OWN_DIRECTORY = "/wasm-servlet";

  /** What adapters open before they load the application, though it is not there. */
  private static final String APPLICATION_FILE = OWN_DIRECTORY + "/application";

  private final Directives directives;
  private final HostFiles files;
  private final DirectoryFactory directories;

  /**
   * Makes a factory.
   *
   * @param directives of the route
   * @param files of its web application
   * @param directories of its guests
   */
  public ApplicationFactory(Directives directives, HostFiles files, DirectoryFactory directories) {
    this.directives = directives;
    this.files = files;
    this.directories = directories;
  }

  /**
   * Adds the adapter's directory, and the arguments that start it, where there is an application.
   *
   * @param config that has all other arguments and directories
   * @throws DirectiveException if there is an application that cannot be run
   */
  public void addTo(WasmConfig.Builder config) throws DirectiveException {
    ApplicationLine line = ApplicationLine.of(directives);
    if (line == null) {
      return;
    }
    addFiles(line, config).arguments(OWN_DIRECTORY, line).forEach(config::argument);
  }

  /**
   * Adds the same for a command that is run where the application would be.
   *
   * @param config that has all other arguments and directories
   * @param command what is run, and its arguments
   * @throws DirectiveException if there is no application, or it cannot be run
   */
  public void addTo(WasmConfig.Builder config, List<String> command) throws DirectiveException {
    ApplicationLine line = ApplicationLine.of(directives);
    if (line == null) {
      throw new DirectiveException(
          Directive.APPLICATION.parameter(), "", "is missing: commands are run for an application");
    }
    if (line.kind().isPhp()) {
      throw wrong("has no commands: those are for Python and Ruby");
    }
    Adapter adapter = addFiles(line, config);
    adapter.arguments(OWN_DIRECTORY, line, command).forEach(config::argument);
  }

  /**
   * Where an interpreter has been started, and has not looked at its application yet.
   *
   * @return null if there is no application, or none that is loaded after that
   * @throws DirectiveException if there is one that cannot be run
   */
  public FreezeAt beforeLoading() throws DirectiveException {
    ApplicationLine line = ApplicationLine.of(directives);
    return line == null || line.kind().isPhp() ? null : FreezeAt.opening(APPLICATION_FILE);
  }

  private Adapter addFiles(ApplicationLine line, WasmConfig.Builder config)
      throws DirectiveException {
    if (line.kind().isPhp()) {
      requireFreezing();
    } else {
      requireGateway("scgi");
      requireOptions();
    }
    requireFiles(line, new GuestFiles(config.preopens()));
    Adapter adapter = Adapter.of(line.kind());
    directories.addOwn(Directive.APPLICATION, OWN_DIRECTORY, unpack(adapter), config);
    return adapter;
  }

  private void requireGateway(String gateway) throws DirectiveException {
    if (!directives.isOn(Directive.ENABLE_CGI)
        || !directives.value(Directive.GATEWAY).equalsIgnoreCase(gateway)) {
      throw wrong(
          "needs "
              + Directive.ENABLE_CGI.parameter()
              + " On and "
              + Directive.GATEWAY.parameter()
              + " "
              + gateway);
    }
  }

  /** PHP runs scripts as they are: what its application is, only freezing wants to know. */
  private void requireFreezing() throws DirectiveException {
    requireGateway("fastcgi");
    if (!directives.value(Directive.FREEZE).equalsIgnoreCase("accept")) {
      throw wrong("says nothing without " + Directive.FREEZE.parameter() + " accept");
    }
  }

  /** Anything else would be taken for the script. */
  private void requireOptions() throws DirectiveException {
    for (List<String> words : directives.all(Directive.ARG)) {
      if (!words.get(0).startsWith("-")) {
        throw new DirectiveException(
            Directive.ARG.parameter(),
            words.get(0),
            "not an option of the interpreter, which is all that it gets beside "
                + Directive.APPLICATION.parameter());
      }
    }
  }

  private void requireFiles(ApplicationLine line, GuestFiles guestFiles) throws DirectiveException {
    try {
      if (line.kind() != ApplicationLine.Kind.SCRIPT) {
        guestFiles.require(line.directory(), Files::isDirectory);
      }
      if (line.isFile()) {
        guestFiles.require(line.name(), Files::isRegularFile);
      }
    } catch (IOException e) {
      throw wrong(e.getMessage());
    }
  }

  private Path unpack(Adapter adapter) throws DirectiveException {
    try {
      return files.own(Adapter.class, adapter.files());
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.APPLICATION.parameter(), value(), "cannot be given what loads it: " + e, e);
    }
  }

  private DirectiveException wrong(String reason) {
    return new DirectiveException(Directive.APPLICATION.parameter(), value(), reason);
  }

  private String value() {
    return String.join(" ", directives.words(Directive.APPLICATION));
  }
}
