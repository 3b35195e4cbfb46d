package org.wasmservlet.test.container;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Undertow. It knows neither descriptors nor archives: {@link UndertowDescriptor} and this class do
 * for it what WildFly would.
 */
public final class UndertowServer implements TestServer {
  /** In bytes; what is usual. */
  private static final long SENDFILE_FROM = 1024;

  private final ServletContainer container = Servlets.newContainer();
  private final PathHandler paths = Handlers.path();
  private final Map<String, DeploymentManager> deployments = new HashMap<>();
  private final Map<String, URLClassLoader> loaders = new HashMap<>();
  private Undertow undertow;
  private Path work;

  /** Made by reflection. */
  public UndertowServer() {}

  @Override
  public void start(Path workDirectory, int port) {
    work = workDirectory;
    undertow =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            // Beside HTTP/1.1, where a connection begins with its preface.
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(paths)
            .build();
    undertow.start();
  }

  @Override
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void deploy(String contextPath, Path webApp, boolean unpack) throws Exception {
    Path root = Files.isDirectory(webApp) ? webApp : unpacked(webApp, contextPath);
    URLClassLoader loader = loader(root);
    DeploymentInfo deployment =
        Servlets.deployment()
            .setDeploymentName(contextPath)
            .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
            .setClassLoader(loader)
            // Else a filter that cannot start lets the application start, and its first requests.
            .setEagerFilterInit(true)
            .setTempDir(directory("temp", contextPath))
            .setResourceManager(new PathResourceManager(root, SENDFILE_FROM));
    for (ServletContainerInitializer initializer :
        ServiceLoader.load(ServletContainerInitializer.class, loader)) {
      deployment.addServletContainerInitializer(
          new ServletContainerInitializerInfo(initializer.getClass(), Set.of()));
    }
    UndertowDescriptor.read(root.resolve("WEB-INF/web.xml"), loader).addTo(deployment);
    DeploymentManager manager = container.addDeployment(deployment);
    loaders.put(contextPath, loader);
    deployments.put(contextPath, manager);
    manager.deploy();
    paths.addPrefixPath(deployment.getContextPath(), manager.start());
  }

  private Path unpacked(Path war, String contextPath) throws IOException {
    Path root = directory("war", contextPath);
    try (FileSystem archive = FileSystems.newFileSystem(war)) {
      Scratch.copy(archive.getPath("/"), root);
    }
    return root;
  }

  private Path directory(String kind, String contextPath) throws IOException {
    return Files.createDirectories(work.resolve(kind + contextPath.replace('/', '-')));
  }

  private static URLClassLoader loader(Path root) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(root.resolve("WEB-INF/classes/").toUri().toURL());
    Path lib = root.resolve("WEB-INF/lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        for (Path jar : jars.sorted().toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    // What the web application shares with its neighbours is the loader that this class is in.
    return new URLClassLoader(urls.toArray(URL[]::new), UndertowServer.class.getClassLoader());
  }

  @Override
  public ClassLoader classLoader(String contextPath) {
    return loaders.get(contextPath);
  }

  @Override
  public void undeploy(String contextPath) throws Exception {
    DeploymentManager manager = deployments.remove(contextPath);
    if (manager.getDeployment() != null) {
      DeploymentInfo deployment = manager.getDeployment().getDeploymentInfo();
      paths.removePrefixPath(deployment.getContextPath());
      manager.stop();
      manager.undeploy();
      container.removeDeployment(deployment);
    }
    loaders.remove(contextPath).close();
  }

  @Override
  public void stop() throws Exception {
    for (String contextPath : List.copyOf(deployments.keySet())) {
      undeploy(contextPath);
    }
    undertow.stop();
  }
}
