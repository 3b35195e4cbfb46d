package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgiHeaderParserTest {
  @Test
  void parsesADocument() throws Exception {
    CgiHeaders headers =
        parse(
            "Content-Type: text/html; charset=utf-8\r\nStatus: 404 Not Found\nX-A:  b \t\n\nbody");
    assertThat(headers.status()).isEqualTo(404);
    assertThat(headers.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(headers.others()).containsExactly(new CgiHeaders.Field("X-A", "b"));
    assertThat(headers.contentLength()).isEqualTo(-1);
    assertThat(headers.isLocalRedirect()).isFalse();
  }

  @Test
  void leavesTheBodyAlone() throws Exception {
    byte[] output = "A: 1\n\nbody".getBytes(ISO_8859_1);
    assertThat(new CgiHeaderParser().feed(output, 0, output.length)).isEqualTo(6);
  }

  @Test
  void keepsRepeatedFieldsInOrder() throws Exception {
    assertThat(parse("Set-Cookie: a=1\nX: y\nSet-Cookie: b=2\n\n").others())
        .extracting(CgiHeaders.Field::value)
        .containsExactly("a=1", "y", "b=2");
  }

  @Test
  void dropsFieldsOfTheConnection() throws Exception {
    assertThat(
            parse(
                    "A: 1\nTransfer-Encoding: chunked\nConnection: close\nKeep-Alive: x\n"
                        + "Upgrade: h2c\nTrailer: T\nTE: x\n\n")
                .others())
        .extracting(CgiHeaders.Field::name)
        .containsExactly("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 201 Created", "HTTP/1.0 201"})
  void takesAStatusLineForAStatus(String line) throws Exception {
    assertThat(parse(line + "\r\nContent-Type: text/plain\r\n\r\n").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "Location: /path, true, false",
    "Location: /path?q=1, true, false",
    "Location: //host/path, false, true",
    "Location: https://host/, false, true",
    "Location: /path|Set-Cookie: a=1, false, true",
    "Location: /path|Content-Type: text/plain, false, true",
    "Location: /path|Status: 303 See Other, false, false"
  })
  void tellsRedirectsApart(String fields, boolean local, boolean client) throws Exception {
    CgiHeaders headers = parse(fields.replace('|', '\n') + "\n\n");
    assertThat(headers.isLocalRedirect()).isEqualTo(local);
    assertThat(headers.isClientRedirect()).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n", // no field
        "no colon\n\n",
        ": no name\n\n",
        "na me: x\n\n",
        "name : x\n\n",
        "A: 1\n folded\n\n",
        "A: a\rb\n\n", // a bare CR would end the line for some clients
        "A: a\0b\n\n",
        "A: \u001b[2J\n\n",
        "A: a\u007f\n\n",
        "Status: 99\n\n",
        "Status: 100 Continue\n\n",
        "Status: 600\n\n",
        "Status: OK\n\n",
        "Status: 2000\n\n",
        "Status:\n\n",
        "Status: 200\nStatus: 200\n\n",
        "HTTP/1.1 200 OK\nStatus: 200\n\n",
        "Content-Type: a/b\nContent-type: c/d\n\n",
        "Content-Type:\n\n",
        "Location: /a\nLocation: /b\n\n",
        "Location:\n\n",
        "Content-Length: -1\n\n",
        "Content-Length: 1, 1\n\n",
        "Content-Length: 0x10\n\n",
        "Content-Length: 1\nContent-Length: 1\n\n",
        "Content-Length: 9999999999999999999\n\n"
      })
  void refusesWhatIsMalformed(String output) {
    assertThatThrownBy(() -> parse(output)).isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void boundsTheHeader() {
    assertThatThrownBy(() -> parse("A: " + "x".repeat(CgiHeaderParser.MAX_BYTES) + "\n\n"))
        .hasMessageContaining("bytes");
    assertThatThrownBy(() -> parse("A: 1\n".repeat(CgiHeaderParser.MAX_FIELDS + 1) + "\n"))
        .hasMessageContaining("fields");
  }

  @Property
  void emitsNothingThatTheGrammarForbids(@ForAll("outputs") byte[] output) {
    CgiHeaderParser parser = new CgiHeaderParser();
    try {
      parser.feed(output, 0, output.length);
    } catch (MalformedResponseException e) {
      assertThat(e.getMessage()).matches("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
      return;
    }
    if (parser.isComplete()) {
      CgiHeaders headers = parser.headers();
      assertThat(headers.status())
          .satisfiesAnyOf(s -> assertThat(s).isZero(), s -> assertThat(s).isBetween(200, 599));
      for (CgiHeaders.Field field : headers.others()) {
        assertThat(field.name()).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        assertThat(field.value()).matches("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
      }
    }
  }

  @Property
  void doesNotMindHowTheOutputIsDivided(
      @ForAll("outputs") byte[] output, @ForAll List<@IntRange(min = 1, max = 9) Integer> sizes) {
    assertThat(parseInPieces(output, sizes)).isEqualTo(parseInPieces(output, List.of()));
  }

  @Provide
  Arbitrary<byte[]> outputs() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            Arbitraries.of(
                "Status: 200",
                "Location: /x",
                "Content-Type: text/plain",
                "Content-Length: 3",
                "Set-Cookie: a",
                "HTTP/1.1 404 x",
                ":",
                " ",
                "\r",
                "\n",
                "\r\n",
                "\n\n",
                "X-y: z",
                "\0",
                "\u00fc"),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6));
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list).getBytes(ISO_8859_1));
  }

  private static String parseInPieces(byte[] output, List<Integer> sizes) {
    CgiHeaderParser parser = new CgiHeaderParser();
    int at = 0;
    int piece = 0;
    try {
      while (at < output.length && !parser.isComplete()) {
        int size = piece < sizes.size() ? sizes.get(piece++) : output.length;
        at += parser.feed(output, at, Math.min(size, output.length - at));
      }
      return parser.isComplete() ? parser.headers() + " " + at : "incomplete";
    } catch (MalformedResponseException e) {
      return e.getMessage();
    }
  }

  private static CgiHeaders parse(String output) throws MalformedResponseException {
    CgiHeaderParser parser = new CgiHeaderParser();
    byte[] bytes = output.getBytes(ISO_8859_1);
    parser.feed(bytes, 0, bytes.length);
    return parser.headers();
  }
}
