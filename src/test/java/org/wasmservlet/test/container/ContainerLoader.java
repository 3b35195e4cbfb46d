package org.wasmservlet.test.container;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Keeps a container's classes apart from those of other containers, which have the same names. Only
 * the JDK, wasm-core with its engine and {@link TestServer} come from outside: wasm-core is then
 * shared, as a module cache in a container's common loader would be, and a large module is compiled
 * once for all tests.
 */
final class ContainerLoader extends URLClassLoader {
  static final List<String> SHARED =
      List.of(
          "org.wasmservlet.core.",
          "org.wasmservlet.compiler.",
          "com.dylibso.chicory.",
          "org.objectweb.asm.");

  private final boolean coreIsShared;

  ContainerLoader(URL[] urls, boolean coreIsShared) {
    super(urls, ContainerLoader.class.getClassLoader());
    this.coreIsShared = coreIsShared;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals(TestServer.class.getName()) || coreIsShared && isShared(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        try {
          loaded = findClass(name);
        } catch (ClassNotFoundException e) {
          // Everything else on the tests' class path stays hidden.
          loaded = getPlatformClassLoader().loadClass(name);
        }
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  public URL getResource(String name) {
    URL found = findResource(name);
    return found != null ? found : getPlatformClassLoader().getResource(name);
  }

  @Override
  public java.util.Enumeration<URL> getResources(String name) throws java.io.IOException {
    // A container finds its own services, not those of the tests.
    return findResources(name);
  }

  private static boolean isShared(String name) {
    return SHARED.stream().anyMatch(name::startsWith);
  }
}
