package org.wasmservlet.test.container;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * An application of Spring Boot, with everything on its class path, as in an executable jar: also a
 * jar of resources.
 */
public final class SpringBoot implements AutoCloseable {
  private final ContainerLoader loader;
  private final Object application;

  private SpringBoot(ContainerLoader loader, Object application) {
    this.loader = loader;
    this.application = application;
  }

  /** What an application is made of. */
  public static final class Builder {
    private final Path folder;
    private final Jar resources = new Jar(true);
    private final List<Path> jars = new ArrayList<>();
    private String file;
    private Map<String, String> initParams;

    public Builder() throws IOException {
      folder = Scratch.directory("boot");
      Files.createDirectories(folder.resolve("root"));
    }

    /** Writes a file of the web application. */
    public Builder file(String name, String content) throws IOException {
      Path path = folder.resolve("root").resolve(name);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
      return this;
    }

    /** Puts a file into a jar of the class path. */
    public Builder resource(String name, byte[] content) {
      resources.file(name, content);
      return this;
    }

    /** Puts a jar on the class path. */
    public Builder jar(Path jar) {
      jars.add(jar);
      return this;
    }

    /** Registers a configuration file; empty for the web application's own. */
    public Builder register(String name) {
      file = name;
      return this;
    }

    /** Adds a WasmServlet at /direct; init-params come as name, value, name, value. */
    public Builder direct(String... params) {
      initParams = new LinkedHashMap<>();
      for (int i = 0; i < params.length; i += 2) {
        initParams.put(params[i], params[i + 1]);
      }
      return this;
    }

    public SpringBoot start() throws Exception {
      List<Path> entries = new ArrayList<>(jars);
      entries.add(Files.write(folder.resolve("resources.jar"), resources.bytes()));
      entries.addAll(ClassPath.springBoot());
      entries.addAll(ClassPath.tomcat10());
      entries.addAll(ClassPath.wasmServlet());
      entries.add(ClassPath.testClasses());
      List<URL> urls = new ArrayList<>();
      for (Path entry : entries) {
        urls.add(entry.toAbsolutePath().toUri().toURL());
      }
      ContainerLoader loader = new ContainerLoader(urls.toArray(new URL[0]), true);
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        Object application =
            loader
                .loadClass("org.wasmservlet.test.boot.BootApplication")
                .getConstructor(Path.class, String.class, Map.class)
                .newInstance(folder, file, initParams);
        return new SpringBoot(loader, application);
      } catch (InvocationTargetException e) {
        loader.close();
        throw (Exception) e.getCause();
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  public int port() {
    return ((IntSupplier) application).getAsInt();
  }

  @Override
  public void close() throws IOException {
    ((Closeable) application).close();
    loader.close();
  }
}
