package org.wasmservlet.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void separatesWordsAtBlanks() {
    assertThat(Words.split("  a\tb   c ")).containsExactly("a", "b", "c");
    assertThat(Words.split(" \t ")).isEmpty();
  }

  @Test
  void keepsBlanksInsideQuotesOfEitherKind() {
    assertThat(Words.split("NAME \"two words\" 'it is \"so\"' \"\""))
        .containsExactly("NAME", "two words", "it is \"so\"", "");
  }

  @Test
  void takesQuotesInMidWordForThemselves() {
    assertThat(Words.split("a\"b it's")).containsExactly("a\"b", "it's");
  }

  @Test
  void dropsABackslashBeforeAQuoteOrABackslashInsideQuotesOnly() {
    assertThat(Words.split("\"a\\\"b\\\\c\\d\" e\\f")).containsExactly("a\"b\\c\\d", "e\\f");
  }

  @Test
  void refusesQuotesOutOfPlace() {
    assertThatThrownBy(() -> Words.split("\"open")).hasMessageContaining("is not closed");
    assertThatThrownBy(() -> Words.split("\"a\"b")).hasMessageContaining("no blank after");
  }

  @Property
  void readsBackWhatWasQuoted(@ForAll("words") List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append('"').append(word.replace("\\", "\\\\").replace("\"", "\\\"")).append("\" ");
    }
    assertThat(Words.split(line.toString())).isEqualTo(words);
  }

  @Property
  void neverFailsButForQuotes(@ForAll String line) {
    try {
      assertThat(Words.split(line)).allSatisfy(word -> assertThat(word).isNotNull());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("quote");
    }
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings().list().ofMaxSize(5);
  }

  @Property
  void joinsWordsToALineThatSplitsIntoThem(@ForAll("anyWords") List<String> words) {
    assertThat(Words.split(Words.join(words))).isEqualTo(words);
  }

  @Test
  void quotesOnlyTheWordsThatNeedIt() {
    assertThat(Words.join(List.of("/app", "a b", "", "#1", "\\x", "it's")))
        .isEqualTo("/app \"a b\" \"\" \"#1\" \\x it's");
  }

  @Provide
  Arbitrary<List<String>> anyWords() {
    return Arbitraries.strings().withChars("ab \t\"'\\#").ofMaxLength(8).list().ofMaxSize(4);
  }
}
