package org.wasmservlet.resource;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * What a web application has by its container's account: its own archive, and META-INF/resources of
 * the jars in WEB-INF/lib.
 */
final class ContextResources {
  private static final int DEPTH_AT_MOST = 100;

  private final ServletContext context;

  ContextResources(ServletContext context) {
    this.context = context;
  }

  /**
   * A file.
   *
   * @param path from the root, without a slash at its beginning
   * @return a tree of that file alone, or an empty one
   */
  ResourceTree file(String path) throws IOException {
    ResourceTree tree = new ResourceTree();
    try (InputStream in = context.getResourceAsStream("/" + path)) {
      if (in != null) {
        tree.add(path.substring(path.lastIndexOf('/') + 1), () -> open("/" + path));
      }
    }
    return tree;
  }

  /**
   * The files below a directory.
   *
   * @param path from the root, without slashes around it; empty for the root
   * @return an empty tree if there is none
   */
  ResourceTree directory(String path) throws IOException {
    ResourceTree tree = new ResourceTree();
    String top = path.isEmpty() ? "/" : "/" + path + "/";
    addBelow(top, top, tree, 0);
    return tree;
  }

  private void addBelow(String directory, String top, ResourceTree tree, int depth)
      throws IOException {
    Set<String> children = context.getResourcePaths(directory);
    if (children == null) {
      return;
    }
    if (depth > DEPTH_AT_MOST) {
      throw new IOException("has directories deeper than " + DEPTH_AT_MOST);
    }
    for (String child : children) {
      if (!child.startsWith(directory) || child.length() == directory.length()) {
        throw new IOException("the archive has a file of the name '" + child + "'");
      }
      if (child.endsWith("/")) {
        addBelow(child, top, tree, depth + 1);
      } else {
        tree.add(child.substring(top.length()), () -> open(child));
      }
    }
  }

  private InputStream open(String path) throws IOException {
    InputStream in = context.getResourceAsStream(path);
    if (in == null) {
      throw new IOException(path + " cannot be read from the web application's archive");
    }
    return in;
  }
}
