package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.StaticRegistry;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/**
 * A program of its own: deploys a web application, uses it, undeploys it, and ends with 0 if its
 * class loader is collected then.
 */
final class Undeployment {
  private Undeployment() {}

  /** Argument: which container. */
  public static void main(String[] arguments) throws Exception {
    TestServer server = Container.valueOf(arguments[0]).startOwn();
    WeakReference<ClassLoader> loader;
    try (StaticRegistry registry = new StaticRegistry()) {
      String reference = registry.push("probe", "1", Guests.probeOfItsOwn());
      loader = deployUseAndUndeploy(server, reference);
    }
    // Whatever the container still has running.
    System.exit(isCollected(loader, server) ? 0 : 1);
  }

  private static WeakReference<ClassLoader> deployUseAndUndeploy(
      TestServer server, String reference) throws Exception {
    WebApp webApp =
        new WebApp()
            .probe()
            .registries()
            .servlet("probe", "/probe", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
            .servlet("fetched", "/fetched", "WasmModule", reference, "WasmEnableCGI", "On")
            .descriptor(StatusTest.DESCRIPTOR);
    server.deploy("/leak", webApp.complete(), true);
    WebApp.Deployed app = new WebApp.Deployed(server, "/leak");
    for (String command : new String[] {"env", "trap&0", "exit&3", "stderr&3&x", "nothing"}) {
      RawHttp.get(app.port(), "/leak/probe?" + command);
    }
    assertThat(RawHttp.get(app.port(), "/leak/fetched?env").status()).isEqualTo(200);
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

  private static boolean isCollected(WeakReference<ClassLoader> loader, TestServer server)
      throws Exception {
    for (int i = 0; i < 100 && loader.get() != null; i++) {
      // A waiting thread of the container keeps its last request in hand until it has another.
      for (int j = 0; j < 10; j++) {
        RawHttp.get(server.port(), "/nothing");
      }
      System.gc();
      Thread.sleep(20);
    }
    return loader.get() == null;
  }
}
