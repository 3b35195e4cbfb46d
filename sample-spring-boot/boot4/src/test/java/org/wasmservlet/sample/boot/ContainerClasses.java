package org.wasmservlet.sample.boot;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/** Of all that tests have on their class path, what a servlet container has. */
final class ContainerClasses extends ClassLoader {
  ContainerClasses() {
    super(ContainerClasses.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean isContainers =
        name.startsWith("jakarta.servlet.") || name.startsWith("org.apache.catalina.");
    return isContainers ? super.loadClass(name, resolve) : getPlatformClassLoader().loadClass(name);
  }

  @Override
  public URL getResource(String name) {
    return getPlatformClassLoader().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.emptyEnumeration();
  }
}
