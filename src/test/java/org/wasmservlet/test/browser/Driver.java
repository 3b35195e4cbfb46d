package org.wasmservlet.test.browser;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chromedriver of its own, and the requests to it. */
final class Driver implements Closeable {
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  Driver() throws IOException {
    process = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    port = portOf(out);
    Thread drain = new Thread(() -> out.lines().forEach(line -> {}), "chromedriver-output");
    drain.setDaemon(true);
    drain.start();
  }

  private static int portOf(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  /**
   * Sends a command of the WebDriver protocol.
   *
   * @param body null for a GET
   * @return the answer's value
   */
  Object send(String method, String path, Map<String, ?> body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("chromedriver has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Object value = ((Map<?, ?>) Json.parse(response.body())).get("value");
    if (response.statusCode() != 200) {
      throw new AssertionError(
          method + " " + path + " " + body + ": " + ((Map<?, ?>) value).get("message"));
    }
    return value;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
