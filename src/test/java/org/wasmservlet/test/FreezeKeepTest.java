package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** With WasmFreezeKeep a program is started once, however often the server is. */
@Timeout(180)
class FreezeKeepTest {
  private static final String FROZEN_PROGRAMS = "org.wasmservlet.core.FrozenPrograms";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @OnEveryContainer
  void goesOnWithTheSameProgramAfterARestart(Container container) throws Exception {
    Path cache = cache();
    WebApp webApp = application(cache);
    webApp.complete();
    String born = null;
    for (int start = 0; start < 3; start++) {
      TestServer server = container.startOwn();
      try (LogCapture log = new LogCapture()) {
        server.deploy(webApp.contextPath(), webApp.directory(), true);
        WebApp.Deployed app = new WebApp.Deployed(server, webApp.contextPath());
        for (int request = 0; request < 2; request++) {
          RawResponse response = get(app);
          assertThat(response.variable("requests")).isEqualTo("1");
          assertThat(response.variable("files")).isEqualTo("3");
          assertThat(response.variable("version")).isEqualTo("1");
          born = born == null ? response.variable("born") : born;
          assertThat(response.variable("born")).isEqualTo(born).matches("\\d+");
        }
        boolean first = start == 0;
        assertThat(log.messages())
            .noneMatch(m -> m.contains("is not kept"))
            .anyMatch(
                m ->
                    m.contains(
                        first
                            ? " is frozen where it reads its standard input: "
                            : " is resumed from what was kept where it reads its standard input: "));
        assertThat(log.messages().stream().anyMatch(m -> m.contains(" is frozen where ")))
            .isEqualTo(first);
      } finally {
        server.stop();
      }
    }
    Path kept = kept(cache);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
  }

  @OnEveryContainer
  void whatIsDamagedIsNotRunAndIsReplaced(Container container) throws Exception {
    Path cache = cache();
    WebApp webApp = application(cache);
    String born = bornOf(container, webApp);
    Path kept = kept(cache);
    byte[] content = Files.readAllBytes(kept);
    content[content.length / 2] ^= 1;
    Files.write(kept, content);
    String reborn;
    try (LogCapture log = new LogCapture(FROZEN_PROGRAMS)) {
      reborn = bornOf(container, webApp);
      assertThat(log.messages())
          .contains(kept.toRealPath() + " is damaged and is not used: the program is frozen anew");
    }
    assertThat(reborn).isNotEqualTo(born).matches("\\d+");
    assertThat(bornOf(container, webApp)).isEqualTo(reborn);
  }

  @OnEveryContainer
  void whatIsStaleIsNotRunAndIsReplaced(Container container) throws Exception {
    Path cache = cache();
    WebApp webApp = application(cache);
    String born = bornOf(container, webApp);
    replaceVersion(webApp, "2");
    String reborn;
    try (LogCapture log = new LogCapture(FROZEN_PROGRAMS);
        WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(log.messages()).anyMatch(m -> m.matches(".*/WEB-INF/app\\S* has changed since"));
      RawResponse response = get(app);
      assertThat(response.variable("version")).isEqualTo("2");
      reborn = response.variable("born");
      assertThat(reborn).isNotEqualTo(born);

      Object before = key(cache);
      replaceVersion(webApp, "3");
      Polling.await(PATIENCE, "it is frozen anew", () -> get(app).variable("version").equals("3"));
      born = get(app).variable("born");
      Polling.await(PATIENCE, "it is kept", () -> !key(cache).equals(before));
    }
    assertThat(bornOf(container, webApp)).isEqualTo(born).isNotEqualTo(reborn);
  }

  @OnEveryContainer
  void whatCannotBeKeptCostsAWarningAndNothingElse(Container container) throws Exception {
    Path cache = cache();
    Files.createDirectories(cache);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    String reason =
        cache.toRealPath() + " can be written by other users; take that from them (chmod go-w)";
    WebApp webApp = application(cache);
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = webApp.deploy(container.server())) {
      assertThat(get(app).variable("born")).isEqualTo(get(app).variable("born"));
      assertThat(log.messages())
          .anyMatch(m -> m.endsWith(": what is frozen is not kept: " + reason));
    }
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).isEmpty();
    }
  }

  private static String bornOf(Container container, WebApp webApp) throws Exception {
    try (WebApp.Deployed app = webApp.deploy(container.server())) {
      return get(app).variable("born");
    }
  }

  private static void replaceVersion(WebApp webApp, String text) throws Exception {
    Path file = webApp.directory().resolve("WEB-INF/app/version");
    Path copy = Files.writeString(webApp.directory().resolve("copy"), text);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path cache() throws Exception {
    return Scratch.directory("cache").resolve("modules");
  }

  private static Path kept(Path cache) throws Exception {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".frozen")).findFirst().orElseThrow();
    }
  }

  private static Object key(Path cache) throws Exception {
    return Files.readAttributes(kept(cache), BasicFileAttributes.class).fileKey();
  }

  private static WebApp application(Path cache) throws Exception {
    return FrozenApplication.of(
        "scgi",
        "stdin",
        "WasmUnfrozen",
        "Refuse",
        "WasmFreezeKeep",
        "On",
        "WasmCacheDir",
        cache.toString());
  }

  private static RawResponse get(WebApp.Deployed app) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + "/app?x");
  }
}
