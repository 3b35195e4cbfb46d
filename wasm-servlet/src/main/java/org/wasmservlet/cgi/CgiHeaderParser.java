package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Parses the header of a CGI response as its bytes come, in pieces of any size (RFC 3875, section
 * 6). Lines end with LF or CRLF; there is no folding. It emits nothing that the grammar of an HTTP
 * header forbids, so that a guest cannot inject fields or split the response.
 *
 * <p>A first line {@code HTTP/x NNN} counts as a Status, for scripts that were written as
 * non-parsed-header scripts.
 */
final class CgiHeaderParser {
  /** As many bytes as a header may have. */
  static final int MAX_BYTES = 64 * 1024;

  /** As many fields as a header may have. */
  static final int MAX_FIELDS = 200;

  private static final int MIN_STATUS = 200;
  private static final int MAX_STATUS = 599;
  private static final int STATUS_DIGITS = 3;

  /** They concern the connection, which is the container's (RFC 9110, section 7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "upgrade",
          "te",
          "trailer");

  /** Fields that can have one value only. */
  private static final Set<String> SINGLE =
      Set.of("status", "location", "content-type", "content-length");

  private final StringBuilder line = new StringBuilder();
  private final Beginning beginning = new Beginning();
  private final List<CgiHeaders.Field> others = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int bytes;
  private int fields;
  private boolean complete;

  private int status;
  private String location;
  private String contentType;
  private long contentLength = -1;

  /**
   * Takes the next bytes.
   *
   * @return how many of them belong to the header; the rest is the body
   * @throws MalformedResponseException if they break the grammar or a limit
   */
  int feed(byte[] buffer, int offset, int length) throws MalformedResponseException {
    int used = 0;
    while (used < length && !complete) {
      char c = (char) (buffer[offset + used++] & 0xff);
      if (++bytes > MAX_BYTES) {
        throw new MalformedResponseException("the header has more than " + MAX_BYTES + " bytes");
      }
      if (c == '\n') {
        endLine();
      } else {
        line.append(c);
      }
    }
    if (!complete) {
      beginning.add(buffer, offset, used);
    }
    return used;
  }

  /** How many bytes of header have come. */
  int size() {
    return bytes;
  }

  /** Whether the blank line after the header has come. */
  boolean isComplete() {
    return complete;
  }

  /** The header, once it is complete. */
  CgiHeaders headers() {
    if (!complete) {
      throw new IllegalStateException("the header is not complete");
    }
    return new CgiHeaders(status, location, contentType, contentLength, others);
  }

  /** Says why output that ended here is no response; for the log. */
  MalformedResponseException endedEarly() {
    return bytes == 0
        ? new MalformedResponseException("no output")
        : new MalformedResponseException(
            "the output ended within the header, after " + bytes + " bytes", beginning);
  }

  /** What has come of a header that is not complete, quoted for the log; empty if nothing has. */
  String beginning() {
    return beginning.quoted();
  }

  private void endLine() throws MalformedResponseException {
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    String text = line.substring(0, end);
    line.setLength(0);
    if (text.isEmpty()) {
      if (fields == 0) {
        throw new MalformedResponseException("no header field before the blank line");
      }
      complete = true;
      return;
    }
    if (++fields > MAX_FIELDS) {
      throw new MalformedResponseException("the header has more than " + MAX_FIELDS + " fields");
    }
    if (fields == 1 && text.startsWith("HTTP/")) {
      int blank = text.indexOf(' ');
      if (blank > 0) {
        seen.add("status");
        status = parseStatus(text.substring(blank + 1).strip());
        return;
      }
    }
    parseField(text);
  }

  private void parseField(String text) throws MalformedResponseException {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw new MalformedResponseException("not a header field", text);
    }
    String name = text.substring(0, colon);
    if (!Grammar.isToken(name)) {
      throw new MalformedResponseException("not a field name", name);
    }
    String value = Grammar.trim(text.substring(colon + 1));
    if (!Grammar.isFieldValue(value)) {
      throw new MalformedResponseException("control characters in a field", name + ": " + value);
    }
    take(name, name.toLowerCase(Locale.ROOT), value);
  }

  private void take(String name, String key, String value) throws MalformedResponseException {
    if (SINGLE.contains(key) && !seen.add(key)) {
      throw new MalformedResponseException("field " + name + " is given twice");
    }
    switch (key) {
      case "status" -> status = parseStatus(value);
      case "location" -> location = requireValue(name, value);
      case "content-type" -> contentType = requireValue(name, value);
      case "content-length" -> contentLength = parseLength(value);
      default -> {
        if (!HOP_BY_HOP.contains(key)) {
          others.add(new CgiHeaders.Field(name, value));
        }
      }
    }
  }

  private static String requireValue(String name, String value) throws MalformedResponseException {
    if (value.isEmpty()) {
      throw new MalformedResponseException("field " + name + " is empty");
    }
    return value;
  }

  private static int parseStatus(String value) throws MalformedResponseException {
    boolean digits =
        value.length() >= STATUS_DIGITS
            && Grammar.isDigits(value.substring(0, STATUS_DIGITS))
            && (value.length() == STATUS_DIGITS || value.charAt(STATUS_DIGITS) == ' ');
    int code = digits ? Integer.parseInt(value.substring(0, STATUS_DIGITS)) : 0;
    if (code < MIN_STATUS || code > MAX_STATUS) {
      throw new MalformedResponseException("not a final status", value);
    }
    return code;
  }

  private static long parseLength(String value) throws MalformedResponseException {
    if (!Grammar.isDigits(value) || value.length() > 18) {
      throw new MalformedResponseException("not a Content-Length", value);
    }
    return Long.parseLong(value);
  }

  @Override
  public String toString() {
    return "CgiHeaderParser[" + Visible.text(line.toString().getBytes(ISO_8859_1)) + "]";
  }
}
