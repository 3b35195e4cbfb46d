package org.wasmservlet.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {
  private static final Placeholders PLACEHOLDERS =
      new Placeholders(Map.of("home", "/srv/my app", "nested", "${home}")::get);

  @Test
  void readsALineAnOccurrenceAndPassesOverCommentsAndBlankLines() throws DirectiveException {
    Directives directives = read("WasmEnv", "\n  A 1\n\n  # B 2\n  C \"3 4\"\r\n");
    assertThat(directives.all(Directive.ENV))
        .containsExactly(List.of("A", "1"), List.of("C", "3 4"));
  }

  @Test
  void replacesPlaceholdersAfterTheWordsAreSplitAndOnce() throws DirectiveException {
    Directives directives = read("WasmMapDir", "/app ${home}/x-${nested}");
    assertThat(directives.words(Directive.MAP_DIR))
        .containsExactly("/app", "/srv/my app/x-${home}");
  }

  @Test
  void hasDefaults() throws DirectiveException {
    Directives directives = Directives.read(Map.of(), PLACEHOLDERS);
    assertThat(directives.isOn(Directive.ENABLE_CGI)).isFalse();
    assertThat(directives.value(Directive.ENTRY_POINT)).isEqualTo("_start");
    assertThat(directives.bytes(Directive.MAX_REQUEST_BODY)).isEqualTo(16 << 20);
    assertThat(directives.value(Directive.MODULE)).isNull();
    assertThat(directives.all(Directive.ARG)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"On", "on", "ON"})
  void takesOnInAnyCase(String value) throws DirectiveException {
    assertThat(read("WasmEnableCGI", value).isOn(Directive.ENABLE_CGI)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "1k, 1024",
    "64KB, 65536",
    "16 MB, 16777216",
    "1.5GB, 1610612736",
    "2KiB, 2048",
    "0, 0"
  })
  void readsSizes(String text, long bytes) throws DirectiveException {
    assertThat(read("WasmMaxRequestBody", text.replace(" ", "")).bytes(Directive.MAX_REQUEST_BODY))
        .isEqualTo(bytes);
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "MB", "1TB", "0.3", "1.5", "99999999999GB", "1,5MB", "ten"})
  void refusesWhatIsNoSize(String text) {
    refuses("WasmMaxRequestBody", text, "WasmMaxRequestBody '" + text + "': not a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WasmModul     | x        | WasmModul 'x': no such parameter; did you mean WasmModule?",
        "wasmmodule    | x        | did you mean WasmModule?",
        "WasmMapDirs   | /a b     | did you mean WasmMapDir?",
        "WasmModule    | a b      | WasmModule 'a b': takes one word a line, found 2",
        "WasmEnv       | NAME     | WasmEnv 'NAME': takes 2 words a line, found 1",
        "WasmMapDir    | /a b c d | WasmMapDir '/a b c d': takes 2 or 3 words a line, found 4",
        "WasmModule    | ''       | WasmModule '': has no value",
        "WasmDir       | ${none}  | ${none} is neither a system property nor an environment variable",
        "WasmDir       | ${home   | has no closing brace",
        "WasmDir       | ${}      | ${} is neither",
        "WasmArg       | \"a      | is not closed"
      })
  void refusesWhatItDoesNotUnderstand(String name, String value, String message) {
    refuses(name, value, message);
  }

  @Test
  void refusesASecondOccurrenceWhereThereIsOne() {
    refuses("WasmModule", "a.wasm\nb.wasm", "WasmModule 'b.wasm': may be given only once");
  }

  @Test
  void refusesNeitherOnNorOff() throws DirectiveException {
    Directives directives = read("WasmEnableCGI", "yes");
    assertThatThrownBy(() -> directives.isOn(Directive.ENABLE_CGI))
        .hasMessage("WasmEnableCGI 'yes': must be On or Off");
  }

  @Test
  void passesOverInitParamsOfOthers() throws DirectiveException {
    assertThat(read("fork", "false").all(Directive.MODULE)).isEmpty();
  }

  @Property
  void failsInTheDefinedWayOnly(@ForAll String value) {
    for (Directive directive : Directive.values()) {
      try {
        read(directive.parameter(), value);
      } catch (DirectiveException e) {
        assertThat(e).hasMessageStartingWith(directive.parameter() + " '");
      }
    }
  }

  private static Directives read(String name, String value) throws DirectiveException {
    return Directives.read(Map.of(name, value), PLACEHOLDERS);
  }

  private static void refuses(String name, String value, String message) {
    assertThatThrownBy(() -> read(name, value).bytes(Directive.MAX_REQUEST_BODY))
        .isInstanceOf(DirectiveException.class)
        .hasMessageContaining(message);
  }
}
