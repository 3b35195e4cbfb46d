package org.wasmservlet.file;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
  private final Path file;
  private final BasicFileAttributes attributes;

  private StaticFileService(
      HttpServletRequest request,
      HttpServletResponse response,
      Path file,
      BasicFileAttributes attributes) {
    this.request = request;
    this.response = response;
    this.file = file;
    this.attributes = attributes;
  }

  /**
   * Answers a request with a file.
   *
   * @param request of any method
   * @param response not committed
   * @param file a regular file that may be shown, without links
   * @param attributes its own, just read
   * @throws IOException if the client has gone or the file cannot be read to its end
   */
  public static void serve(
      HttpServletRequest request,
      HttpServletResponse response,
      Path file,
      BasicFileAttributes attributes)
      throws IOException {
    new StaticFileService(request, response, file, attributes).serve();
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
    try (SeekableByteChannel content = Files.newByteChannel(file)) {
      answer(content);
    } catch (NoSuchFileException e) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } catch (AccessDeniedException e) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private void answer(SeekableByteChannel content) throws IOException {
    long size = attributes.size();
    Validators validators = Validators.of(attributes, System.currentTimeMillis());
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
    if (!isHead() && !TomcatSendfile.leave(request, response, file, part)) {
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
    String type = request.getServletContext().getMimeType(file.getFileName().toString());
    return type == null ? DEFAULT_TYPE : type;
  }
}
