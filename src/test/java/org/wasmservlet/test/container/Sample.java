package org.wasmservlet.test.container;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.QueryExp;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleUse;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.WasmModule;

/** The sample web application as the build has made it. */
public final class Sample {
  private static final Path BUILT = Path.of(System.getProperty("sample.war"));
  private static final List<String> RUNTIMES =
      List.of("php-cgi-8.2.0.wasm", "python-3.11.3.wasm", "python-3.11.3", "ruby-3.2.0.wasm");

  private static final Map<Container, WebApp.Deployed> DEPLOYED = new EnumMap<>(Container.class);

  private static final Map<String, WasmModule> KEPT = new HashMap<>();

  /** Of all JVMs of the tests: what one has compiled is read by the others. */
  private static final Path PREPARED = Path.of("target/prepared").toAbsolutePath();

  private Sample() {}

  /**
   * The sample on a container, deployed for all tests of this JVM. Its modules are loaded once for
   * all containers; that takes a minute.
   */
  public static synchronized WebApp.Deployed on(Container container) throws Exception {
    requireRuntimes();
    WebApp.Deployed deployed = DEPLOYED.get(container);
    if (deployed == null) {
      container.server().deploy("/sample", BUILT, true);
      awaitPrograms("/sample");
      deployed = new WebApp.Deployed(container.server(), "/sample");
      DEPLOYED.put(container, deployed);
    }
    return deployed;
  }

  /** Returns when no program of a web application is being loaded or warmed up. */
  public static void awaitPrograms(String contextPath) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName all = new ObjectName("org.wasmservlet:type=Route,context=" + contextPath + ",*");
    QueryExp loading = Query.eq(Query.attr("State"), Query.value("loading"));
    Polling.await(
        Duration.ofMinutes(15),
        "the programs of " + contextPath + " are ready",
        () -> beans.queryNames(all, loading).isEmpty());
  }

  /** A module of the sample. */
  public static Path module(String name) {
    requireRuntimes();
    return wasmDirectory().resolve(name).toAbsolutePath();
  }

  /** A module of the sample, or another one of the package that its modules are from. */
  public static byte[] fetchedModule(String name) throws IOException {
    Path unpacked = module(name);
    if (Files.exists(unpacked)) {
      return Files.readAllBytes(unpacked);
    }
    Properties fetched = new Properties();
    try (InputStream in =
        Files.newInputStream(BUILT.resolve("WEB-INF/classes/runtimes.properties"))) {
      fetched.load(in);
    }
    return Tarball.read(Path.of(fetched.getProperty("runtimes.archive")), name);
  }

  /**
   * A module of the sample, which is loaded once for all tests of this JVM: whoever closes it last
   * would make the next test load it anew.
   */
  public static synchronized Path loadedModule(String name) throws IOException {
    Path file = module(name);
    if (!KEPT.containsKey(name)) {
      KEPT.put(name, ModuleCache.shared().load(file));
    }
    return file;
  }

  /** As {@link #loadedModule}, for routes that freeze it. */
  public static synchronized Path loadedToFreeze(String name) throws IOException {
    Path file = module(name);
    String key = name + " to freeze";
    if (!KEPT.containsKey(key)) {
      KEPT.put(
          key,
          ModuleCache.shared()
              .load(
                  file,
                  ModuleUse.usual().toBeFrozen(),
                  PreparedModules.in(PREPARED, Long.MAX_VALUE)));
    }
    return file;
  }

  /**
   * What a module of {@link #loadedToFreeze} is compiled to, by whoever asks first: one that was
   * loaded already, for another file of the same bytes, is not written when it is loaded again.
   */
  public static Path preparedToFreeze(String name) throws IOException {
    Files.createDirectories(PREPARED);
    return PreparedModules.pack(module(name), true, PREPARED, percent -> {}).file();
  }

  /** A copy of what the sample is without npm. */
  public static Path withoutRuntimes() throws IOException {
    Path copy = Scratch.directory("sample");
    try (Stream<Path> files = Files.walk(BUILT)) {
      for (Path file : files.toList()) {
        Path relative = BUILT.relativize(file);
        if (RUNTIMES.stream().noneMatch(name -> relative.startsWith("WEB-INF/wasm/" + name))) {
          Path target = copy.resolve(relative);
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
          }
        }
      }
    }
    Files.writeString(
        copy.resolve("WEB-INF/classes/runtimes.properties"),
        "runtimes.available=\nruntimes.missing=npm was <not> found.\n");
    return copy;
  }

  /** Without npm these tests cannot be; where a whole run is asked for, that is a failure. */
  private static void requireRuntimes() {
    boolean present =
        RUNTIMES.stream().allMatch(name -> Files.exists(wasmDirectory().resolve(name)));
    if (!present && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("the sample was built without PHP, Python and Ruby");
    }
    assumeThat(present).as("the sample was built with PHP, Python and Ruby").isTrue();
  }

  private static Path wasmDirectory() {
    return BUILT.resolve("WEB-INF/wasm");
  }
}
