package org.wasmservlet.deploy;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Configuration files inside a web application, unpacked or not, and on its class path. */
final class ContextSource extends ReadableSource {
  private static final String CLASS_PATH = "classpath:";

  private final ServletContext context;

  ContextSource(ServletContext context) {
    this.context = context;
  }

  @Override
  String missing(String name) {
    return name.startsWith(CLASS_PATH)
        ? "no such file on the class path"
        : "no such file in the web application";
  }

  @Override
  InputStream open(String name) throws IOException {
    boolean onClassPath = name.startsWith(CLASS_PATH);
    String path = onClassPath ? name.substring(CLASS_PATH.length()) : name;
    if (path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf(':') >= 0
        || leadsUp(path)) {
      throw new IOException(
          "must be a path inside the web application, relative to its root, or classpath: and one"
              + " on the class path");
    }
    return onClassPath
        ? context.getClassLoader().getResourceAsStream(path)
        : context.getResourceAsStream("/" + path);
  }

  private static boolean leadsUp(String name) {
    return Arrays.asList(name.split("/")).contains("..");
  }
}
