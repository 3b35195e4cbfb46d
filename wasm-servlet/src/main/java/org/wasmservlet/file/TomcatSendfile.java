package org.wasmservlet.file;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import org.wasmservlet.preopen.GivenDirectories;

/**
 * Leaves a body to Tomcat's connector, which has the kernel send it without copying it through the
 * JVM ("Advanced IO" in Tomcat's documentation). Other containers do not offer it.
 */
final class TomcatSendfile {
  private static final String OFFERED = "org.apache.tomcat.sendfile.support";
  private static final String FILE = "org.apache.tomcat.sendfile.filename";
  private static final String START = "org.apache.tomcat.sendfile.start";
  private static final String END = "org.apache.tomcat.sendfile.end";

  private static final String HTTP_2 = "HTTP/2.0";

  private static final String CONTAINERS_OWN = "org.apache.catalina.connector.";

  /** As Tomcat's default servlet: a short body is copied in less time. */
  private static final long SHORTEST = 48 * 1024;

  private TomcatSendfile() {}

  /**
   * Tells the connector what to send once the response's header is complete.
   *
   * @param file absolute, without links
   * @return false if the body is still to be written
   */
  static boolean leave(
      HttpServletRequest request, HttpServletResponse response, Path file, ByteRange part) {
    if (part.length() < SHORTEST
        || !Boolean.TRUE.equals(request.getAttribute(OFFERED))
        // There it maps the file, and a response never ends whose file has become shorter.
        || request.getProtocol().equals(HTTP_2)
        // A filter that wraps them wants to see the body.
        || !isContainersOwn(request)
        || !isContainersOwn(response)
        // It opens the file anew, by its path.
        || GivenDirectories.isWritable(file)) {
      return false;
    }
    request.setAttribute(FILE, file.toString());
    request.setAttribute(START, part.first());
    request.setAttribute(END, part.last() + 1);
    return true;
  }

  private static boolean isContainersOwn(Object object) {
    return object.getClass().getName().startsWith(CONTAINERS_OWN);
  }
}
