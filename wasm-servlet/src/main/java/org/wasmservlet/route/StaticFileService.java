package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Shows a file of a document root: GET and HEAD, with validators (RFC 9110, sections 8.8, 13). */
final class StaticFileService {
  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final long MILLIS_PER_SECOND = 1000;

  private StaticFileService() {}

  static void serve(HttpServletRequest request, HttpServletResponse response, Path file)
      throws IOException {
    boolean head = request.getMethod().equals("HEAD");
    if (!head && !request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET, HEAD");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    long modified = attributes.lastModifiedTime().toMillis();
    String tag =
        "W/\"" + Long.toHexString(attributes.size()) + "-" + Long.toHexString(modified) + "\"";
    response.setHeader("ETag", tag);
    response.setDateHeader("Last-Modified", modified);
    if (isUnchanged(request, tag, modified)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    String type = request.getServletContext().getMimeType(file.getFileName().toString());
    response.setContentType(type == null ? DEFAULT_TYPE : type);
    response.setContentLengthLong(attributes.size());
    if (!head) {
      Files.copy(file, response.getOutputStream());
    }
  }

  private static boolean isUnchanged(HttpServletRequest request, String tag, long modified) {
    String known = request.getHeader("If-None-Match");
    if (known != null) {
      for (String candidate : known.split(",")) {
        String stripped = candidate.strip();
        if (stripped.equals("*") || stripped.equals(tag) || tag.equals("W/" + stripped)) {
          return true;
        }
      }
      return false;
    }
    try {
      long since = request.getDateHeader("If-Modified-Since");
      return since >= 0 && modified / MILLIS_PER_SECOND <= since / MILLIS_PER_SECOND;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
