package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;

/**
 * With WasmFreezeKeep a script of PHP's is loaded once, however often the server is started.
 * Jetty's web applications have another temporary directory after each start, and what loads an
 * application lies there.
 */
@Timeout(300)
class KeptScriptTest {
  private static final String FROZEN_PROGRAMS = "org.wasmservlet.core.FrozenPrograms";
  private static final String RESUMED =
      "servlet 'php' with /srv/front.php is resumed from what was kept";

  /** Of PHP alone, and of the script. */
  private static final int STATES = 2;

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Container.class,
      names = {"TOMCAT_11", "TOMCAT_10"})
  void isUsedByTheFirstRequestAfterARestartIfNothingHasChanged(Container container)
      throws Exception {
    Path work = Scratch.directory("work");
    Path cache = Scratch.directory("cache").resolve("modules");
    Path application = Scratch.directory("php-application");
    PhpApplication.write(application, "first");
    WebApp webApp =
        PhpApplication.of(
            application,
            PhpGatewaysTest.DISABLED,
            "front.php /srv",
            "WasmFreezeKeep",
            "On",
            "WasmCacheDir",
            cache.toString());

    String first;
    try (Run run = Run.of(container, work, webApp)) {
      first = PhpApplication.awaitLoadedOnce(run.app(), "first");
      Polling.await(PhpApplication.PATIENCE, "it is kept", () -> kept(cache).size() == STATES);
    }
    try (Run run = Run.of(container, work, webApp)) {
      assertThat(PhpApplication.get(run.app(), "?q=1")).isEqualTo(first);
      assertThat(run.messages()).anyMatch(m -> m.startsWith(RESUMED));
    }

    PhpApplication.write(application, "the second");
    Set<Object> before = kept(cache);
    String second;
    try (Run run = Run.of(container, work, webApp)) {
      assertThat(PhpApplication.get(run.app(), "?q=1")).startsWith("the second ");
      assertThat(run.messages())
          .noneMatch(m -> m.startsWith(RESUMED))
          .anyMatch(m -> m.matches(".*is not used: .*/word\\.php has changed since"));
      second = PhpApplication.awaitLoadedOnce(run.app(), "the second");
      Polling.await(PhpApplication.PATIENCE, "it is kept", () -> !kept(cache).equals(before));
    }

    for (Path file : files(cache)) {
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
    }
    try (Run run = Run.of(container, work, webApp)) {
      assertThat(PhpApplication.get(run.app(), "?q=1"))
          .startsWith("the second ")
          .isNotEqualTo(second);
      assertThat(run.messages())
          .noneMatch(m -> m.startsWith(RESUMED))
          .filteredOn(m -> m.endsWith(" is damaged and is not used: the program is frozen anew"))
          // Once when it starts, and once when the first request wants it.
          .satisfies(m -> assertThat(Set.copyOf(m)).hasSize(STATES));
    }
  }

  /** Each state's file: a new one takes its place in one step. */
  private static Set<Object> kept(Path cache) throws IOException {
    Set<Object> keys = new HashSet<>();
    for (Path file : files(cache)) {
      keys.add(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
    return keys;
  }

  private static List<Path> files(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".frozen")).toList();
    }
  }

  /** A server, from its start to its end; the web application is not undeployed before. */
  private record Run(
      TestServer server, WebApp.Deployed app, LogCapture ofServlets, LogCapture ofPrograms)
      implements AutoCloseable {
    static Run of(Container container, Path work, WebApp webApp) throws Exception {
      LogCapture ofServlets = new LogCapture();
      LogCapture ofPrograms = new LogCapture(FROZEN_PROGRAMS);
      TestServer server = container.startSharingCore(0, work);
      Run run = new Run(server, webApp.deploy(server), ofServlets, ofPrograms);
      Sample.awaitPrograms(webApp.contextPath());
      return run;
    }

    List<String> messages() {
      return Stream.concat(ofServlets.messages().stream(), ofPrograms.messages().stream()).toList();
    }

    @Override
    public void close() {
      ofServlets.close();
      ofPrograms.close();
      try {
        server.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
