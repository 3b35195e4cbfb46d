package org.wasmservlet.host;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.wasmservlet.core.FrozenPrograms;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.reference.FetchLimits;
import org.wasmservlet.core.reference.ModuleFetcher;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.resource.Resources;

/**
 * Where a web application's compiled modules are: in the application itself and in the jars of its
 * class path, which are trusted like its classes, and in a folder. A context-param says so for all
 * routes, an init-param for one.
 */
public final class ModuleStorage {
  /** Where a WAR brings prepared modules and frozen programs along. */
  public static final String OWN_FOLDER = "WEB-INF/wasm-cache/";

  /** Where a jar of the class path brings prepared modules along. */
  public static final String CLASS_PATH_FOLDER = "META-INF/wasm-cache/";

  private static final Logger LOGGER = System.getLogger("org.wasmservlet.WasmServlet");

  private static final String DEFAULT_FOLDER = "wasm-cache";
  private static final String OFF = "off";

  private final RouteOwner owner;
  private final Directives own;
  private final HostFiles files;

  /**
   * Makes that of a route.
   *
   * @param owner whose it is
   * @param own directives of the route
   * @param files of its web application
   */
  public ModuleStorage(RouteOwner owner, Directives own, HostFiles files) {
    this.owner = owner;
    this.own = own;
    this.files = files;
  }

  /**
   * Reads the two directives.
   *
   * @throws DirectiveException if a value cannot be used
   */
  public PreparedModules preparedModules() throws DirectiveException {
    long maxBytes = choose(Directive.CACHE_SIZE).bytes(Directive.CACHE_SIZE);
    Path folder = folder();
    PreparedModules kept =
        folder == null ? PreparedModules.none() : PreparedModules.in(folder, maxBytes);
    return kept.orFrom(this::ownModule);
  }

  private Optional<Path> ownModule(String name) {
    return ownFile(name).or(() -> fileOfAJar(name));
  }

  /**
   * All that jars bring along is unpacked together: what another version of them had goes when
   * there is a new one.
   */
  private Optional<Path> fileOfAJar(String name) {
    if (owner.context().getClassLoader().getResource(CLASS_PATH_FOLDER + name) == null) {
      return Optional.empty();
    }
    try {
      Path folder = files.directory(Resources.CLASS_PATH + CLASS_PATH_FOLDER).path();
      return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    } catch (IOException e) {
      LOGGER.log(
          Level.WARNING, "what jars have prepared in {0} is not used: {1}", CLASS_PATH_FOLDER, e);
      return Optional.empty();
    }
  }

  private Optional<Path> ownFile(String name) {
    return files.ownFile(OWN_FOLDER + name);
  }

  /**
   * Where programs are that are frozen.
   *
   * @param keeps whether they are kept in the folder, too
   * @throws DirectiveException if there is no folder for that, or a value cannot be used
   */
  public FrozenPrograms frozenPrograms(boolean keeps) throws DirectiveException {
    FrozenPrograms kept = keeps ? keptPrograms() : FrozenPrograms.none();
    return kept.orFrom(this::ownFile);
  }

  private FrozenPrograms keptPrograms() throws DirectiveException {
    Path folder = folder();
    if (folder == null) {
      throw new DirectiveException(
          Directive.FREEZE_KEEP.parameter(),
          own.value(Directive.FREEZE_KEEP),
          "needs a folder: " + Directive.CACHE_DIR.parameter() + " is Off");
    }
    return FrozenPrograms.in(folder, choose(Directive.CACHE_SIZE).bytes(Directive.CACHE_SIZE));
  }

  /**
   * What gives the modules that are named by reference: what the web application has of them, what
   * is in the folder, or what is fetched into it.
   *
   * @return which does not fetch where there is no folder
   * @throws DirectiveException if a value cannot be used
   */
  public ModuleFetcher fetcher() throws DirectiveException {
    return fetcher(own, folder(), this::ownFile);
  }

  /**
   * What fetches a route's modules elsewhere than where its server would.
   *
   * @param own directives of the route
   * @param folder where to
   * @param present gives what is there already, by its name
   * @return which looks at no other place
   * @throws DirectiveException if a value cannot be used
   */
  public static ModuleFetcher fetcher(
      Directives own, Path folder, Function<String, Optional<Path>> present)
      throws DirectiveException {
    Duration total = own.duration(Directive.FETCH_TIMEOUT);
    if (total.isZero()) {
      throw new DirectiveException(
          Directive.FETCH_TIMEOUT.parameter(),
          own.value(Directive.FETCH_TIMEOUT),
          "must be more than nothing");
    }
    return ModuleFetcher.of(
        folder, present, ModuleStorage.class.getClassLoader(), FetchLimits.of(total));
  }

  /**
   * The folder, which need not be there yet.
   *
   * @return null if modules are not kept
   * @throws DirectiveException if the value cannot be used
   */
  public Path folder() throws DirectiveException {
    String folder = choose(Directive.CACHE_DIR).value(Directive.CACHE_DIR);
    return folder != null && folder.equalsIgnoreCase(OFF) ? null : folder(folder);
  }

  private Path folder(String name) throws DirectiveException {
    if (name == null) {
      return files.temporaryDirectory().resolve(DEFAULT_FOLDER);
    }
    Path path = Path.of(name);
    if (!path.isAbsolute()) {
      throw new DirectiveException(
          Directive.CACHE_DIR.parameter(), name, "must be Off or an absolute path");
    }
    return path.normalize();
  }

  private Directives choose(Directive directive) throws DirectiveException {
    return own.words(directive).isEmpty() ? Directives.read(contextParams()) : own;
  }

  private Map<String, String> contextParams() {
    Map<String, String> params = new HashMap<>();
    for (Directive directive : new Directive[] {Directive.CACHE_DIR, Directive.CACHE_SIZE}) {
      String value = owner.contextParam(directive.parameter());
      if (value != null) {
        params.put(directive.parameter(), value);
      }
    }
    return params;
  }
}
