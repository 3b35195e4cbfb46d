package org.wasmservlet.file;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.wasmservlet.client.CutResponse;
import org.wasmservlet.core.directory.OpenedFile;
import org.wasmservlet.tree.FoundFile;

/**
 * Shows a file as a web server does: GET and HEAD, validators, conditional requests, one range or
 * several (RFC 9110, sections 8.8, 13 and 14).
 */
public final class StaticFileService {
  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final String METHODS = "GET, HEAD, OPTIONS";
  private static final long MILLIS_PER_SECOND = 1000;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final FoundFile file;

  private StaticFileService(
      HttpServletRequest request, HttpServletResponse response, FoundFile file) {
    this.request = request;
    this.response = response;
    this.file = file;
  }

  /**
   * Answers a request with a file.
   *
   * @param request of any method
   * @param response not committed
   * @param file that may be shown
   * @throws IOException if the client has gone or the file cannot be read to its end
   */
  public static void serve(HttpServletRequest request, HttpServletResponse response, FoundFile file)
      throws IOException {
    try {
      new StaticFileService(request, response, file).serve();
    } catch (IOException e) {
      if (response.isCommitted()) {
        CutResponse.prepare(request);
      }
      throw e;
    }
  }

  private void serve() throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> open();
      case "OPTIONS" -> {
        response.setHeader("Allow", METHODS);
        response.setContentLength(0);
      }
      default -> {
        response.setHeader("Allow", METHODS);
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      }
    }
  }

  private void open() throws IOException {
    OpenedFile opened;
    try {
      opened = file.open();
    } catch (NoSuchFileException e) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    } catch (AccessDeniedException e) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    try (FileChannel content = opened.channel()) {
      answer(content, opened.attributes());
    }
  }

  private void answer(FileChannel content, BasicFileAttributes attributes) throws IOException {
    long size = content.size();
    Validators validators =
        Validators.of(size, attributes.lastModifiedTime(), System.currentTimeMillis());
    Conditions conditions = new Conditions(request, validators);
    int status = conditions.status();
    if (status == HttpServletResponse.SC_PRECONDITION_FAILED) {
      response.sendError(status);
      return;
    }
    response.setHeader("ETag", validators.tag());
    response.setDateHeader("Last-Modified", validators.modified() * MILLIS_PER_SECOND);
    if (status == HttpServletResponse.SC_NOT_MODIFIED) {
      response.setStatus(status);
      return;
    }
    response.setHeader("Accept-Ranges", "bytes");
    Optional<List<ByteRange>> parts =
        isHead() || !conditions.rangeApplies()
            ? Optional.empty()
            : RangeHeader.select(range(), size);
    FileBody body = new FileBody(content, size);
    if (parts.isEmpty()) {
      send(body, new ByteRange(0, size - 1));
    } else if (parts.get().isEmpty()) {
      response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
      response.setHeader("Content-Range", "bytes */" + size);
      response.setContentLength(0);
    } else if (parts.get().size() == 1) {
      ByteRange part = parts.get().get(0);
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader("Content-Range", part.contentRange(size));
      send(body, part);
    } else {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      send(body.new Multipart(parts.get(), type()));
    }
  }

  private void send(FileBody body, ByteRange part) throws IOException {
    response.setContentType(type());
    response.setContentLengthLong(part.length());
    if (!isHead() && !TomcatSendfile.leave(request, response, file.path(), part)) {
      body.send(part, response.getOutputStream());
    }
  }

  private void send(FileBody.Multipart parts) throws IOException {
    response.setContentType(parts.contentType());
    response.setContentLengthLong(parts.length());
    parts.send(response.getOutputStream());
  }

  private boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /** Null if there is none, or more than the one that there may be. */
  private String range() {
    List<String> ranges = Collections.list(request.getHeaders("Range"));
    return ranges.size() == 1 ? ranges.get(0) : null;
  }

  private String type() {
    String type = request.getServletContext().getMimeType(file.path().getFileName().toString());
    return type == null ? DEFAULT_TYPE : type;
  }
}
