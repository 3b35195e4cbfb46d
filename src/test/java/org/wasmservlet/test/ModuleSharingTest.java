package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** One load for many routes, and nothing left of an application that has gone. */
@Timeout(300)
class ModuleSharingTest {
  @OnEveryContainer
  void loadsAFileOnceHoweverRoutesNameIt(Container container) throws Exception {
    WebApp webApp = new WebApp().probe();
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

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_11", "JETTY_12"})
  void leavesNothingBehindThatKeepsTheClassLoaderOfAnUndeployedApplication(Container container)
      throws Exception {
    TestServer server = container.startOwn();
    try {
      WeakReference<ClassLoader> loader = deployUseAndUndeploy(server);
      assertThat(isCollected(loader)).isTrue();
    } finally {
      server.stop();
    }
  }

  private static WeakReference<ClassLoader> deployUseAndUndeploy(TestServer server)
      throws Exception {
    WebApp webApp =
        new WebApp()
            .probe()
            .servlet("probe", "/probe", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .descriptor(StatusTest.DESCRIPTOR);
    server.deploy("/leak", webApp.complete(), true);
    WebApp.Deployed app = new WebApp.Deployed(server, "/leak");
    for (String command : new String[] {"env", "trap&0", "exit&3", "stderr&3&x", "nothing"}) {
      RawHttp.get(app.port(), "/leak/probe?" + command);
    }
    for (String format : new String[] {"html", "json"}) {
      RawHttp.get(app.port(), "/leak/status?format=" + format);
    }
    for (ObjectName name : new RouteBeans(app).names()) {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        beans.getAttribute(name, attribute.getName());
      }
    }
    ClassLoader loader = server.classLoader("/leak");
    assertThat(loader.loadClass("org.wasmservlet.core.ModuleCache").getClassLoader())
        .isSameAs(loader);
    server.undeploy("/leak");
    return new WeakReference<>(loader);
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader) throws Exception {
    for (int i = 0; i < 100 && loader.get() != null; i++) {
      System.gc();
      // Soft references, which the JDK keeps to classes, go when memory is wanted.
      byte[][] pressure = new byte[8][];
      for (int j = 0; j < pressure.length; j++) {
        pressure[j] = new byte[1 << 20];
      }
      Thread.sleep(20);
    }
    return loader.get() == null;
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
                "WasmDir 'WEB-INF': a relative directory needs a web application that the"
                    + " container unpacks");
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
                    "WasmMapDir", "/data WEB-INF/data")
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
