package org.wasmservlet.test.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A response as it came.
 *
 * @param status the status code
 * @param headers names and values in their order
 * @param bytes the body without transfer coding, as far as it came
 * @param end how the body ended
 */
public record RawResponse(int status, List<Header> headers, byte[] bytes, End end) {

  /** How a response ended. */
  public enum End {
    /** As the protocol says, over HTTP/2 by END_STREAM. */
    WHOLE,
    /** As if it were whole, with fewer or more bytes than its Content-Length. */
    SHORT,
    /** By RST_STREAM. */
    RESET,
    /** By GOAWAY with an error. */
    GOAWAY,
    /** The connection was cut. */
    CLOSED
  }

  /**
   * A header field.
   *
   * @param name as it was sent
   * @param value as it was sent
   */
  public record Header(String name, String value) {}

  /** Whether a client takes it for the whole response. */
  public boolean whole() {
    return end == End.WHOLE;
  }

  public String body() {
    return new String(bytes, UTF_8);
  }

  /** The values of a header. */
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The value of a header that may come once, or null. */
  public String header(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** The value of a variable in the probe's listing of its environment, or null. */
  public String variable(String name) {
    return body()
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }
}
