package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** Requests go on when somebody damages what the running module's code comes out of. */
@Timeout(120)
class DamagedCacheTest {
  private static final List<String> COMMANDS = List.of("env", "bytes&5", "sleep&1", "env");

  @OnEveryContainer
  void servesOnWhenThePreparedFileIsDamaged(Container container) throws Exception {
    for (Damage damage : Damage.values()) {
      servesOn(container, damage);
    }
  }

  private static void servesOn(Container container, Damage damage) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(COMMANDS.size());
    Path cache = Files.createTempDirectory("cache");
    try (WebApp.Deployed app =
        new WebApp()
            .file("WEB-INF/probe.wasm", Guests.probeOfItsOwn())
            .servlet(
                "probe",
                Probe.PATH,
                "WasmModule",
                "WEB-INF/probe.wasm",
                "WasmEnableCGI",
                "On",
                "WasmCacheDir",
                cache.resolve("modules").toString())
            .deploy(container.server())) {
      for (Path file : prepared(cache)) {
        damage.doTo(file);
      }
      List<Future<RawResponse>> responses = new ArrayList<>();
      for (String command : COMMANDS) {
        String target = app.contextPath() + Probe.PATH + "?" + command;
        responses.add(clients.submit(() -> RawHttp.get(app.port(), target)));
      }
      for (Future<RawResponse> response : responses) {
        assertThat(response.get().status()).as("%s", damage).isEqualTo(200);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static List<Path> prepared(Path cache) throws Exception {
    try (Stream<Path> files = Files.list(cache.resolve("modules"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".prepared")).toList();
      assertThat(found).hasSize(1);
      return found;
    }
  }

  private enum Damage {
    CUT,
    OVERWRITTEN,
    DELETED;

    void doTo(Path file) throws Exception {
      switch (this) {
        case CUT -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1000);
          }
        }
        case OVERWRITTEN -> Files.write(file, new byte[(int) Files.size(file)]);
        case DELETED -> Files.delete(file);
      }
    }
  }
}
