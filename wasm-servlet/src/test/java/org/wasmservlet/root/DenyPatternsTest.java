package org.wasmservlet.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenyPatternsTest {
  @ParameterizedTest
  @CsvSource({
    "*.sqlite, /a/b.sqlite, true",
    "*.sqlite, /a/B.SQLITE, true",
    "*.sqlite, /a/b.sqlite3, false",
    "*.sqlite, /a.sqlite/b, false",
    "?.txt, /a.txt, true",
    "?.txt, /ab.txt, false",
    "private, /x/private, true",
    "private/, /x/private, true",
    "/private, /private, true",
    "/private, /x/private, false",
    "data/*.db, /data/x.db, true",
    "data/*.db, /data/sub/x.db, false",
    "data/*.db, /other/data/x.db, false",
    "/up/*/*.php, /up/2024/x.php, true",
    "/up/*/*.php, /up/2024/08/x.php, false",
    "a*b*c, /axbxbxc, true",
    "a*b*c, /axbxcx, false",
    "*, /anything, true"
  })
  void matchNamesOrPaths(String pattern, String path, boolean matches) {
    assertThat(new DenyPatterns(List.of(pattern)).matches(path)).isEqualTo(matches);
  }

  @Test
  void denyNothingWhenThereAreNone() {
    assertThat(new DenyPatterns(List.of()).matches("/x")).isFalse();
  }

  @Property
  void agreeWithTheSameRegularExpression(
      @ForAll @StringLength(min = 1, max = 8) @Chars({'a', 'b', '*', '?'}) String pattern,
      @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'b') String name) {
    String regex = pattern.replace("*", "[^/]*").replace("?", "[^/]");
    assertThat(new DenyPatterns(List.of(pattern)).matches("/" + name))
        .isEqualTo(name.matches(regex));
    assertThat(new DenyPatterns(List.of("/x/" + pattern)).matches("/x/" + name))
        .isEqualTo(name.matches(regex));
  }

  @Property
  void agreeWithTheSameRegularExpressionAcrossNames(
      @ForAll @StringLength(min = 1, max = 8) @Chars({'a', '*', '?', '/'}) String pattern,
      @ForAll @StringLength(max = 8) @Chars({'a', '/'}) String path) {
    String wanted = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
    if (wanted.indexOf('/') < 0) {
      return;
    }
    String anchored = wanted.startsWith("/") ? wanted : "/" + wanted;
    String regex = anchored.replace("*", "[^/]*").replace("?", "[^/]");
    assertThat(new DenyPatterns(List.of(pattern)).matches("/" + path))
        .isEqualTo(("/" + path).matches(regex));
  }
}
