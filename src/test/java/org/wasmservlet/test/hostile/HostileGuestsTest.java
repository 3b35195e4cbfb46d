package org.wasmservlet.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/**
 * Guests that attack. Each attack fails, what is outside of the guest's directory is as it was, and
 * the server answers the next request.
 */
@Timeout(120)
class HostileGuestsTest {
  static Stream<Arguments> attacks() {
    return Stream.concat(Attacks.all(), CunningAttacks.all())
        .flatMap(
            attack ->
                Container.askedFor().stream().map(container -> Arguments.of(attack, container)));
  }

  @ParameterizedTest(name = "{0} ({1})")
  @MethodSource("attacks")
  void doNoHarm(Attack attack, Container container) throws Exception {
    try (HostileTree tree = new HostileTree();
        LogCapture log = new LogCapture();
        WebApp.Deployed app = deploy(attack, tree, container)) {
      Map<String, String> outside = tree.outsideManifest();
      List<Integer> statuses = new ArrayList<>();
      List<String> bodies = new ArrayList<>();
      boolean whole = true;
      Map<String, String> before = tree.rootManifest();
      Closeable meanwhile = attack.preparation().prepare(tree.root());
      try {
        for (int i = 0; i < attack.requests(); i++) {
          RawResponse response =
              RawHttp.get(app.port(), app.contextPath() + "/attack?" + attack.query());
          statuses.add(response.status());
          bodies.add(response.body());
          whole = response.whole();
        }
      } finally {
        meanwhile.close();
      }
      attack
          .check()
          .check(
              new Attack.Result(
                  statuses,
                  bodies,
                  whole,
                  log.messages(),
                  tree,
                  tree.rootManifest().equals(before)));
      assertThat(bodies).noneMatch(body -> body.contains(HostileTree.SECRET));
      assertThat(tree.outsideManifest()).isEqualTo(outside);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/good?bytes&10").body())
          .isEqualTo("x".repeat(10));
    }
  }

  @OnEveryContainer
  void doNoHarmTogetherInOneDirectory(Container container) throws Exception {
    Attack attack =
        new Attack("", Guests.cunning(), "", 1, List.of(), root -> () -> {}, result -> {});
    ExecutorService clients = Executors.newFixedThreadPool(4);
    try (HostileTree tree = new HostileTree();
        WebApp.Deployed app = deploy(attack, tree, container)) {
      Map<String, String> outside = tree.outsideManifest();
      List<Future<RawResponse>> responses = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        responses.add(
            clients.submit(
                () -> RawHttp.get(app.port(), app.contextPath() + "/attack?shuffle&5000")));
      }
      for (Future<RawResponse> response : responses) {
        assertThat(response.get().body()).isEqualTo("done\n");
      }
      assertThat(tree.outsideManifest()).isEqualTo(outside);
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/good?bytes&10").status())
          .isEqualTo(200);
    } finally {
      clients.shutdownNow();
    }
  }

  @OnEveryContainer
  void areNotDeployedIfNoLimitWouldCountWhatTheyUse(Container container) throws Exception {
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app =
            new WebApp()
                .probe()
                .file("WEB-INF/shared.wasm", Guests.core("shared-memory"))
                .file("WEB-INF/array.wasm", HexFormat.of().parseHex(ARRAY))
                .file("WEB-INF/table.wasm", Guests.core("large-table"))
                .servlet("good", "/good", GOOD)
                .servlet("shared", "/shared", "WasmModule", "WEB-INF/shared.wasm")
                .servlet("array", "/array", "WasmModule", "WEB-INF/array.wasm")
                .servlet(
                    "table", "/table",
                    "WasmModule", "WEB-INF/table.wasm",
                    "WasmMemoryLimit", "64MB")
                .deploy(container.server())) {
      assertThat(log.text())
          .contains("shared.wasm: has shared memory (threads), which guests are not given")
          .contains(
              "array.wasm: has structs or arrays (garbage collection), which no limit of memory"
                  + " would count")
          .contains("table.wasm starts with 108065536 bytes of memory, and the limit is 67108864");
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/good?bytes&10").status())
          .isEqualTo(200);
    }
  }

  /** (type (array (mut i64))) and array.new_default, which the text format's tools do not write. */
  private static final String ARRAY =
      "0061736d010000000107025e7e0160000003020101070a01065f73746172740000"
          + "0a0e010c0041ffffffff07fb07001a0b";

  private static final String[] GOOD = {"WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On"};

  private static WebApp.Deployed deploy(Attack attack, HostileTree tree, Container container)
      throws Exception {
    List<String> initParams = new ArrayList<>(attack.initParams());
    initParams.addAll(List.of("WasmModule", "WEB-INF/attack.wasm"));
    if (!initParams.contains("WasmEnableCGI")) {
      initParams.addAll(List.of("WasmEnableCGI", "On"));
    }
    if (!initParams.contains("WasmMapDir")) {
      initParams.addAll(List.of("WasmMapDir", "/ ROOT"));
    }
    initParams.replaceAll(
        value ->
            value
                .replace("ROOT", tree.root().toString())
                .replace("OUTSIDE", tree.outside().toString()));
    return new WebApp()
        .probe()
        .file("WEB-INF/attack.wasm", attack.guest())
        .servlet("attack", "/attack", initParams.toArray(new String[0]))
        .servlet("good", "/good", GOOD)
        .deploy(container.server());
  }
}
