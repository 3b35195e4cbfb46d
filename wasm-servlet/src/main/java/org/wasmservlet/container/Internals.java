package org.wasmservlet.container;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Reads what containers keep behind the servlet API, by the names that it has there. */
final class Internals {
  static final String TOMCATS_REQUEST = "org.apache.catalina.connector.RequestFacade";
  static final String JETTYS_REQUEST = "org.eclipse.jetty.ee10.servlet.ServletApiRequest";

  private Internals() {}

  /** Whether an object is of a class of this name, or of one that extends it. */
  static boolean isA(Object object, String className) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(className)) {
        return true;
      }
    }
    return false;
  }

  /** Calls a public method without parameters, though the class that has it be none of ours. */
  static Object call(Object object, String method) throws ReflectiveOperationException {
    Method found = object.getClass().getMethod(method);
    found.setAccessible(true);
    return found.invoke(object);
  }

  /** Reads a field of an object's own class. */
  static Object field(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }
}
