package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** What a client gets of the files of a document root: RFC 9110, sections 8.8, 13 and 14. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaticFilesTest {
  private static final String MODIFIED = "Sun, 01 Jan 2023 10:00:00 GMT";
  private static final String BEFORE = "Sun, 01 Jan 2023 09:59:59 GMT";
  private static final String DIGITS = "0123456789";
  private static final int LARGE = 1_000_003;

  private final Map<Container, WebApp.Deployed> deployed = new EnumMap<>(Container.class);
  private Path site;

  @AfterAll
  void undeploy() {
    deployed.values().forEach(WebApp.Deployed::close);
  }

  @OnEveryContainer
  void showsAFileWithItsTypeAndValidators(Container container) throws Exception {
    RawResponse file = get(container, "GET", "/digits.txt");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(DIGITS);
    assertThat(file.header("Content-Type")).startsWith("text/plain");
    assertThat(file.header("Content-Length")).isEqualTo("10");
    assertThat(file.header("Last-Modified")).isEqualTo(MODIFIED);
    assertThat(file.header("ETag")).matches("\"[0-9a-f-]+\"");
    assertThat(file.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(get(container, "GET", "/unknown.type-xyz").header("Content-Type"))
        .isEqualTo("application/octet-stream");
    assertThat(get(container, "GET", "/empty.txt").header("Content-Length")).isEqualTo("0");
    assertThat(get(container, "GET", "/empty.txt", "Range: bytes=0-").status()).isEqualTo(200);
  }

  @OnEveryContainer
  void givesAFileThatHasJustChangedAWeakTag(Container container) throws Exception {
    on(container);
    Files.setLastModifiedTime(
        site.resolve("new.txt"), FileTime.from(Instant.now().plusSeconds(3600)));
    RawResponse file = get(container, "GET", "/new.txt");
    assertThat(file.header("ETag")).startsWith("W/\"");
    String tag = file.header("ETag");
    assertThat(get(container, "GET", "/new.txt", "If-None-Match: " + tag).status()).isEqualTo(304);
    assertThat(get(container, "GET", "/new.txt", "If-Match: " + tag).status()).isEqualTo(412);
    assertThat(get(container, "GET", "/new.txt", "Range: bytes=0-0", "If-Range: " + tag).status())
        .isEqualTo(200);
  }

  @OnEveryContainer
  void answersOtherMethods(Container container) throws Exception {
    RawResponse head = get(container, "HEAD", "/digits.txt", "Range: bytes=0-1");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
    RawResponse options = get(container, "OPTIONS", "/digits.txt");
    assertThat(options.status()).isEqualTo(200);
    assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    RawResponse delete = get(container, "DELETE", "/digits.txt");
    assertThat(delete.status()).isEqualTo(405);
    assertThat(delete.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @OnEveryContainer
  void evaluatesConditionsInTheirOrder(Container container) throws Exception {
    String tag = get(container, "GET", "/digits.txt").header("ETag");
    String[][] rows = {
      {"304", "If-None-Match: " + tag},
      {"304", "If-None-Match: \"a,b\", W/" + tag},
      {"304", "If-None-Match: *"},
      {"200", "If-None-Match: \"other\""},
      {"200", "If-None-Match: " + tag.replace("\"", "")},
      // The date does not count beside a tag.
      {"200", "If-None-Match: \"other\"", "If-Modified-Since: " + MODIFIED},
      {"304", "If-None-Match: " + tag, "If-Modified-Since: " + BEFORE},
      {"304", "If-Modified-Since: " + MODIFIED},
      {"200", "If-Modified-Since: " + BEFORE},
      {"200", "If-Modified-Since: yesterday"},
      {"200", "If-Match: " + tag},
      {"200", "If-Match: \"x\"", "If-Match: " + tag},
      {"200", "If-Match: *"},
      {"412", "If-Match: \"other\""},
      {"412", "If-Match: W/" + tag},
      {"200", "If-Match: " + tag, "If-Unmodified-Since: " + BEFORE},
      {"200", "If-Unmodified-Since: " + MODIFIED},
      {"412", "If-Unmodified-Since: " + BEFORE},
      {"200", "If-Unmodified-Since: yesterday"},
      {"412", "If-Match: \"other\"", "If-None-Match: " + tag},
      {"304", "If-Match: " + tag, "If-None-Match: " + tag},
      {"304", "If-None-Match: " + tag, "Range: bytes=0-1"}
    };
    for (String[] row : rows) {
      String[] headers = java.util.Arrays.copyOfRange(row, 1, row.length);
      for (String method : new String[] {"GET", "HEAD"}) {
        RawResponse response = get(container, method, "/digits.txt", headers);
        assertThat(response.status())
            .as(method + " " + String.join(" ", headers))
            .isEqualTo(Integer.parseInt(row[0]));
        if (response.status() == 304) {
          assertThat(response.header("ETag")).isEqualTo(tag);
          assertThat(response.bytes()).isEmpty();
        }
      }
    }
  }

  @OnEveryContainer
  void sendsOneRange(Container container) throws Exception {
    String tag = get(container, "GET", "/digits.txt").header("ETag");
    String[][] rows = {
      {"0-3", "bytes=0-3"},
      {"7-9", "bytes=7-"},
      {"8-9", "bytes=-2"},
      {"9-9", "bytes=9-500"},
      {"0-9", "bytes=-500"},
      {"2-3", "bytes=2-3", "If-Range: " + tag},
      {"2-3", "bytes=2-3", "If-Range: " + MODIFIED},
      {"2-3", "bytes=2-3, 400-"},
    };
    for (String[] row : rows) {
      String condition = row.length > 2 ? row[2] : "X-Nothing: x";
      RawResponse part = get(container, "GET", "/digits.txt", "Range: " + row[1], condition);
      int first = row[0].charAt(0) - '0';
      int last = row[0].charAt(2) - '0';
      assertThat(part.status()).as(row[1]).isEqualTo(206);
      assertThat(part.header("Content-Range")).isEqualTo("bytes " + row[0] + "/10");
      assertThat(part.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
      assertThat(part.body()).isEqualTo(DIGITS.substring(first, last + 1));
      assertThat(part.header("ETag")).isEqualTo(tag);
      assertThat(part.header("Content-Type")).startsWith("text/plain");
    }
    RawResponse large = get(container, "GET", "/large.bin", "Range: bytes=500000-999999");
    assertThat(large.bytes()).hasSize(500_000);
    assertThat(large.bytes()[0]).isEqualTo(largeByte(500_000));
    assertThat(large.bytes()[499_999]).isEqualTo(largeByte(999_999));
    assertThat(get(container, "GET", "/large.bin").bytes()).hasSize(LARGE);
  }

  @OnEveryContainer
  void sendsSeveralRanges(Container container) throws Exception {
    RawResponse parts = get(container, "GET", "/digits.txt", "Range: bytes=0-1, -3,400-");
    assertThat(parts.status()).isEqualTo(206);
    String type = parts.header("Content-Type").replace(" ", "");
    assertThat(type).startsWith("multipart/byteranges;boundary=");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(parts.header("Content-Range")).isNull();
    assertThat(parts.header("Content-Length")).isEqualTo(String.valueOf(parts.bytes().length));
    assertThat(parts.body())
        .matches(
            "(?s)\r\n--%1$s\r\nContent-Type: text/plain.*?\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
                    .formatted(boundary)
                + "\r\n--%1$s\r\nContent-Type: text/plain.*?\r\nContent-Range: bytes 7-9/10\r\n\r\n789"
                    .formatted(boundary)
                + "\r\n--%1$s--\r\n".formatted(boundary));
  }

  @OnEveryContainer
  void sendsTheWholeOrNothingOfOtherRanges(Container container) throws Exception {
    String[][] whole = {
      {"bytes=5-2"},
      {"bytes=x"},
      {"lines=1-2"},
      {"bytes=0-9,0-9"},
      {"bytes=2-3", "If-Range: \"other\""},
      {"bytes=2-3", "If-Range: " + BEFORE},
      {"bytes=2-3", "If-Range: tomorrow"},
      {"bytes=2-3", "Range: bytes=4-5"}
    };
    for (String[] row : whole) {
      String condition = row.length > 1 ? row[1] : "X-Nothing: x";
      RawResponse file = get(container, "GET", "/digits.txt", "Range: " + row[0], condition);
      assertThat(file.status()).as(row[0] + condition).isEqualTo(200);
      assertThat(file.body()).isEqualTo(DIGITS);
    }
    for (String range : new String[] {"bytes=10-", "bytes=-0", "bytes=50-60,70-"}) {
      RawResponse none = get(container, "GET", "/digits.txt", "Range: " + range);
      assertThat(none.status()).as(range).isEqualTo(416);
      assertThat(none.header("Content-Range")).isEqualTo("bytes */10");
      assertThat(none.bytes()).isEmpty();
    }
  }

  private RawResponse get(Container container, String method, String path, String... headers)
      throws Exception {
    WebApp.Deployed app = on(container);
    return RawHttp.exchange(app.port(), method, app.contextPath() + "/site" + path, null, headers);
  }

  private synchronized WebApp.Deployed on(Container container) throws Exception {
    if (site == null) {
      writeFiles();
    }
    WebApp.Deployed app = deployed.get(container);
    if (app == null) {
      app =
          new WebApp()
              .servlet(
                  "site",
                  "/site/*",
                  "WasmModule",
                  Guests.probeFile().toString(),
                  "WasmEnableCGI",
                  "On",
                  "WasmDocumentRoot",
                  site.toString(),
                  "WasmHandler",
                  ".php")
              .deploy(container.server());
      deployed.put(container, app);
    }
    return app;
  }

  private void writeFiles() throws Exception {
    site = Scratch.directory("site");
    byte[] large = new byte[LARGE];
    for (int i = 0; i < LARGE; i++) {
      large[i] = largeByte(i);
    }
    Files.write(site.resolve("large.bin"), large);
    Files.writeString(site.resolve("digits.txt"), DIGITS);
    Files.writeString(site.resolve("unknown.type-xyz"), DIGITS);
    Files.writeString(site.resolve("empty.txt"), "");
    Files.writeString(site.resolve("new.txt"), DIGITS);
    Files.setLastModifiedTime(
        site.resolve("digits.txt"), FileTime.from(Instant.parse("2023-01-01T10:00:00.5Z")));
  }

  private static byte largeByte(int at) {
    return (byte) (at % 251);
  }
}
