package org.wasmservlet.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentCodingTest {
  @ParameterizedTest
  @CsvSource({
    "/a%20b, /a b",
    "/%C3%BC, /ü",
    "/a+b, /a+b",
    "/100%, /100%",
    "/%zz, /%zz",
    "/%4, /%4"
  })
  void decodesWhatIsEncoded(String encoded, String decoded) {
    assertThat(PercentCoding.decode(encoded)).isEqualTo(decoded);
  }

  @Property
  void decodesWhatItEncodes(
      @ForAll @Chars({'a', '/', '%', ' ', '?', '#', 'ü', '€', '\n'}) String path) {
    String encoded = PercentCoding.encode(path);
    assertThat(encoded).matches("[\\x21-\\x7e]*").doesNotContain("?", "#");
    assertThat(PercentCoding.decode(encoded)).isEqualTo(path);
  }
}
