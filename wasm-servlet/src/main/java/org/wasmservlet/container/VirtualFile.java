package org.wasmservlet.container;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * A file or directory of WildFly's virtual file system, which has the class path of web
 * applications and what is inside of their archives. Its URLs give a directory as an object of
 * WildFly's own.
 */
public final class VirtualFile {
  private static final String ITS_CLASS = "org.jboss.vfs.VirtualFile";

  private final Object file;

  private VirtualFile(Object file) {
    this.file = file;
  }

  /**
   * Finds that of a URL.
   *
   * @return null if the URL leads elsewhere
   */
  public static VirtualFile at(URL place) throws IOException {
    if (!place.getProtocol().equals("vfs")) {
      return null;
    }
    URLConnection connection = place.openConnection();
    Object content = connection.getContent();
    return Internals.isA(content, ITS_CLASS) ? new VirtualFile(content) : null;
  }

  /** The last name of its path. */
  public String name() throws IOException {
    return (String) call("getName");
  }

  /** Whether it has others in it. */
  public boolean isDirectory() throws IOException {
    return (Boolean) call("isDirectory");
  }

  /** What is in a directory. */
  public List<VirtualFile> children() throws IOException {
    List<VirtualFile> children = new ArrayList<>();
    for (Object child : (List<?>) call("getChildren")) {
      children.add(new VirtualFile(child));
    }
    return children;
  }

  /** Opens a file. */
  public InputStream open() throws IOException {
    return (InputStream) call("openStream");
  }

  private Object call(String method) throws IOException {
    try {
      return Internals.call(file, method);
    } catch (ReflectiveOperationException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }
}
