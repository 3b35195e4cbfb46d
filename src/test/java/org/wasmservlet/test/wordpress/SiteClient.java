package org.wasmservlet.test.wordpress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/**
 * Uses a site without a browser.
 *
 * @param app that serves it
 */
record SiteClient(WebApp.Deployed app) {
  void install() throws IOException {
    RawResponse page =
        post(
            "/wp-admin/install.php?step=2",
            "weblog_title=Site&user_name=author&admin_password=correct-horse"
                + "&admin_password2=correct-horse&pw_weak=on&admin_email=a%40example.org"
                + "&blog_public=1");
    assertThat(page.body()).contains("<h1>Success!</h1>");
  }

  /** The header with which a user is known who has logged in. */
  String logIn(String user, String password) throws IOException {
    RawResponse response =
        post(
            "/wp-login.php",
            "log=" + user + "&pwd=" + password + "&testcookie=1",
            "Cookie: wordpress_test_cookie=WP%20Cookie%20check");
    assertThat(response.status()).as(response.body()).isEqualTo(302);
    return "Cookie: "
        + response.all("Set-Cookie").stream()
            .map(cookie -> cookie.replaceFirst(";.*", ""))
            .collect(Collectors.joining("; "));
  }

  RawResponse get(String path, String... headers) throws IOException {
    return exchange("GET", path, new byte[0], headers);
  }

  RawResponse post(String path, String form, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Type: application/x-www-form-urlencoded";
    return exchange("POST", path, form.getBytes(UTF_8), all);
  }

  RawResponse postXml(String path, String xml) throws IOException {
    return exchange("POST", path, xml.getBytes(UTF_8), "Content-Type: text/xml");
  }

  /** Sends a file as a browser's form does. */
  RawResponse upload(
      String path, String field, String fileName, String type, byte[] file, String... headers)
      throws IOException {
    String boundary = "----------a-boundary-of-the-tests";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                + "Content-Type: %s\r\n\r\n")
            .formatted(boundary, field, fileName, type)
            .getBytes(UTF_8));
    body.writeBytes(file);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Type: multipart/form-data; boundary=" + boundary;
    return exchange("POST", path, body.toByteArray(), all);
  }

  private RawResponse exchange(String method, String path, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + app.contextPath() + path);
    head.append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (method.equals("POST")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    try (RawHttp connection = new RawHttp(app.port(), Site.PATIENCE_MILLIS)) {
      connection.send(head.append("\r\n").toString());
      connection.send(body);
      return connection.read(method);
    }
  }
}
