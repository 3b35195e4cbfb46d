package org.wasmservlet.bench.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Checks answers: they must be the same from every system, byte by byte, and have status 200. */
final class Answer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Map<Program, String> expected = new EnumMap<>(Program.class);

  /**
   * Asks once.
   *
   * @return how long the body is, in bytes
   * @throws IOException if the answer differs from the first that any system gave
   */
  int check(Running system, Program program) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request(system, program), HttpResponse.BodyHandlers.ofString(ISO_8859_1));
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    String body = comparable(response.body());
    String first = expected.putIfAbsent(program, body);
    if (first != null && !first.equals(body)) {
      int at = Arrays.mismatch(body.toCharArray(), first.toCharArray());
      throw new IOException("answers\n" + around(body, at) + "\nand not\n" + around(first, at));
    }
    return response.body().length();
  }

  private static HttpRequest request(Running system, Program program) {
    byte[] body = "x".repeat(program.bodyLength()).getBytes(ISO_8859_1);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + system.port() + program.path))
            .timeout(PATIENCE)
            .header("User-Agent", "bench")
            .method(
                program.method(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", "application/octet-stream");
    }
    return request.build();
  }

  /**
   * The small guest's page names the server's software, and WordPress's pages the port; both
   * differ. A post offers itself as XML where PHP has SimpleXML, a package of its own in Debian.
   */
  private static String comparable(String body) {
    return body.replaceAll("(>SERVER_SOFTWARE</th><td>)[^<]*", "$1")
        .replaceAll("127\\.0\\.0\\.1(:|%3A)\\d+", "127.0.0.1")
        .replaceAll("<link rel=\"alternate\" type=\"text/xml\\+oembed\"[^>]*>\n", "");
  }

  private static String around(String body, int at) {
    return body.substring(Math.max(0, at - 500), Math.min(body.length(), at + 500));
  }
}
