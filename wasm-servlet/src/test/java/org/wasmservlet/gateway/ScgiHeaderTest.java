package org.wasmservlet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SCGI's own example, and what it says beside that. */
class ScgiHeaderTest {
  @Test
  void isTheSpecificationsExample() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("REQUEST_METHOD", "POST");
    variables.put("CONTENT_LENGTH", "27");
    variables.put("REQUEST_URI", "/deepthought");
    assertThat(header(variables, 27))
        .isEqualTo(
            "70:CONTENT_LENGTH\00027\0SCGI\0001\0REQUEST_METHOD\0POST\0REQUEST_URI\0/deepthought\0,");
  }

  @Test
  void tellsTheLengthOfNoBody() {
    assertThat(header(Map.of(), 0)).isEqualTo("24:CONTENT_LENGTH\0000\0SCGI\0001\0,");
  }

  @Test
  void countsBytes() {
    assertThat(header(Map.of("PATH_INFO", "/\u00c3\u00bc", "EMPTY", ""), 0))
        .startsWith("45:")
        .contains("PATH_INFO\0/\u00c3\u00bc\0")
        .contains("EMPTY\0\0");
  }

  private static String header(Map<String, String> variables, long length) {
    return new String(ScgiHeader.of(variables, length), ISO_8859_1);
  }
}
