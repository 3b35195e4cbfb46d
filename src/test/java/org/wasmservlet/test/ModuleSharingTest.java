package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** One load for many routes, and nothing left of an application that has gone. */
@Timeout(300)
class ModuleSharingTest {
  @OnEveryContainer
  void loadsAFileOnceHoweverRoutesNameIt(Container container) throws Exception {
    WebApp webApp = new WebApp().file("WEB-INF/probe.wasm", Guests.probeOfItsOwn());
    Path file = webApp.directory().resolve("WEB-INF/probe.wasm");
    Files.createSymbolicLink(webApp.directory().resolve("WEB-INF/link.wasm"), file);
    TestServer server = container.server();
    int before = ModuleCache.shared().size();
    try (WebApp.Deployed app =
        webApp
            .servlet("a", "/a", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .servlet("b", "/b", "WasmModule", file.toString(), "WasmEnableCGI", "On")
            .servlet("c", "/c", "WasmModule", "WEB-INF/link.wasm", "WasmEnableCGI", "On")
            .servlet(
                "d", "/d", "WasmModule", "WEB-INF/../WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .deploy(server)) {
      assertThat(ModuleCache.shared().size()).isEqualTo(before + 1);
      for (String route : new String[] {"/a", "/b", "/c", "/d"}) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + route + "?env").status())
            .isEqualTo(200);
      }
    }
    assertThat(ModuleCache.shared().size()).isEqualTo(before);
  }

  @OnEveryContainer
  void loadsOnceWhatSeveralApplicationsBringAlong(Container container) throws Exception {
    TestServer server = container.server();
    int before = ModuleCache.shared().size();
    long loads = ModuleCache.shared().statistics().loads();
    byte[] module = Guests.probeOfItsOwn();
    try (WebApp.Deployed one = with(module, "one.wasm").deploy(server)) {
      try (WebApp.Deployed other = with(module, "other.wasm").deploy(server)) {
        assertThat(ModuleCache.shared().size()).isEqualTo(before + 1);
        assertThat(ModuleCache.shared().statistics().loads()).isEqualTo(loads + 1);
        assertThat(nameOfProgram(one)).isEqualTo("one.wasm");
        assertThat(nameOfProgram(other)).isEqualTo("other.wasm");
      }
      assertThat(ModuleCache.shared().size()).isEqualTo(before + 1);
      assertThat(nameOfProgram(one)).isEqualTo("one.wasm");
    }
    assertThat(ModuleCache.shared().size()).isEqualTo(before);
  }

  private static WebApp with(byte[] module, String name) throws Exception {
    return new WebApp()
        .file("WEB-INF/" + name, module)
        .servlet("a", "/a", "WasmModule", "WEB-INF/" + name, "WasmEnableCGI", "On");
  }

  private static String nameOfProgram(WebApp.Deployed app) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + "/a?env").variable("argv[0]");
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_11", "JETTY_12"})
  void leavesNothingBehindThatKeepsTheClassLoaderOfAnUndeployedApplication(Container container)
      throws Exception {
    // In a JVM of its own, where no other test's use of the JDK's caches has a part in it.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // The JDK keeps soft references to classes, which go when memory is wanted.
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-cp",
                System.getProperty("java.class.path"),
                Undeployment.class.getName(),
                container.name())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void readsAModuleOutOfAnArchiveThatTheContainerDoesNotUnpack() throws Exception {
    TestServer tomcat = Container.TOMCAT_11.startOwn();
    try {
      Path war =
          new WebApp()
              .probe()
              .servlet("a", "/a", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
              .servlet("b", "/b", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
              .servlet("c", "/c", "WasmModule", "WEB-INF/none.wasm")
              .servlet("d", "/d", "WasmModule", "WEB-INF/probe.wasm", "WasmDir", "WEB-INF")
              .packed();
      try (ContainerLog log = new ContainerLog()) {
        tomcat.deploy("/packed", war, false);
        assertThat(log.text())
            .contains(
                "WasmModule 'WEB-INF/none.wasm': no such file in the web application's archive")
            .contains(
                "WasmDir 'WEB-INF': belongs to the application's archive, which cannot be written");
      }
      for (String route : new String[] {"/a", "/b"}) {
        assertThat(RawHttp.get(tomcat.port(), "/packed" + route + "?env").variable("argv[0]"))
            .isEqualTo("probe.wasm");
      }
      assertThat(RawHttp.get(tomcat.port(), "/packed/d").status())
          .isEqualTo(Container.TOMCAT_11.statusOfUnavailableServlet());
    } finally {
      tomcat.stop();
    }
  }

  @Test
  void servesFromAnArchiveThatTheContainerUnpacks() throws Exception {
    for (Container container : new Container[] {Container.TOMCAT_10, Container.JETTY_12}) {
      TestServer server = container.startOwn();
      try {
        Path war =
            new WebApp()
                .probe()
                .file("WEB-INF/data/file.txt", "from the archive")
                .servlet(
                    "a", "/a",
                    "WasmModule", "WEB-INF/probe.wasm",
                    "WasmEnableCGI", "On",
                    "WasmMapDir", "/data WEB-INF/data ro")
                .packed();
        server.deploy("/unpacked", war, true);
        String target = "/unpacked/a?" + Probe.query("cat", "/data/file.txt");
        assertThat(RawHttp.get(server.port(), target).body()).isEqualTo("from the archive");
      } finally {
        server.stop();
      }
    }
  }
}
