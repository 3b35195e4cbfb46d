package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasmservlet.test.http.RawResponse;

/**
 * What a browser does with a site. Those of the tests have the same pages, whatever framework they
 * are made with.
 */
record FrameworkSite(ApplicationClient client) {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b0";
  private static final String STYLE = "li { color: teal; }\n";

  /** Its own path, with that of its web application. */
  String path() {
    return client.app().contextPath() + client.path();
  }

  /** All pages but those that tell of errors. */
  void answers(String style) throws Exception {
    assertThat(client.text("/")).isEqualTo("hello");
    assertThat(client.text("/stream")).isEqualTo("line 0\nline 1\nline 2\n");
    RawResponse file = client.get(style);
    assertThat(file.body()).isEqualTo(STYLE);
    assertThat(file.header("Content-Type")).startsWith("text/css");
    assertThat(client.get("/nowhere").status()).isEqualTo(404);
    countsVisits();
    uploads();
  }

  /** A page with a form whose notes are kept. */
  void takesNotes(String style) throws Exception {
    assertThat(client.text("/notes")).contains("href=\"" + path() + style);
    RawResponse added = submit("/notes", "text=a+note+%3Cof%3E+" + client.path().substring(1));
    assertThat(added.status()).isBetween(302, 303);
    assertThat(added.header("Location")).endsWith(path() + "/notes");
    assertThat(client.text("/notes"))
        .contains("<li>a note &lt;of&gt; " + client.path().substring(1) + "</li>");
  }

  /** Sends a form. */
  RawResponse submit(String page, String fields, String... headers) throws Exception {
    String[] all = new String[headers.length + 1];
    all[0] = FORM;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return client.ask("POST", page, fields.getBytes(ISO_8859_1), all);
  }

  /** Sends a form with a file of a megabyte; the answer tells of both. */
  void uploads() throws Exception {
    byte[] content = ApplicationClient.megabyte();
    String before =
        "--b0\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA title\r\n--b0\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n";
    String body = before + new String(content, ISO_8859_1) + "\r\n--b0--\r\n";
    RawResponse response = client.ask("POST", "/upload", body.getBytes(ISO_8859_1), MULTIPART);
    String digest = ApplicationClient.digest(content).split(" ")[1];
    assertThat(response.body()).isEqualTo("A title photo.jpg " + digest);
  }

  /** Counts a client's visits, whom it knows by a cookie. */
  private void countsVisits() throws Exception {
    String cookie = "other=x";
    for (String count : new String[] {"1", "2", "3"}) {
      RawResponse response = client.get("/visits", "Cookie: " + cookie);
      assertThat(response.body()).isEqualTo(count);
      cookie = cookie(response);
    }
    assertThat(client.text("/visits")).as("of another client").isEqualTo("1");
  }

  /** The first cookie that a response sets. */
  static String cookie(RawResponse response) {
    return response.header("Set-Cookie").split(";")[0];
  }

  /** What a pattern's group finds in a page. */
  static String find(String pattern, String page) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertThat(matcher.find()).as(pattern + " in " + page).isTrue();
    return matcher.group(1);
  }
}
