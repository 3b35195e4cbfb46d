package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

  RawResponse get(String path) throws IOException {
    return exchange("GET", path, "", "");
  }

  RawResponse post(String path, String form, String... headers) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    lines.append("Content-Type: application/x-www-form-urlencoded\r\n");
    lines.append("Content-Length: ").append(form.length()).append("\r\n");
    return exchange("POST", path, lines.toString(), form);
  }

  private RawResponse exchange(String method, String path, String headers, String body)
      throws IOException {
    try (RawHttp connection = new RawHttp(app.port(), Site.PATIENCE_MILLIS)) {
      connection.send(
          method
              + " "
              + app.contextPath()
              + path
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + headers
              + "\r\n"
              + body);
      return connection.read(method);
    }
  }
}
