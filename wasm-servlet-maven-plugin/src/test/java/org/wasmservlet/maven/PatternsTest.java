package org.wasmservlet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** Which modules a project's patterns mean. */
class PatternsTest {
  private static final Path WAR = Path.of("shop.war");
  private static final List<String> MODULES =
      List.of("WEB-INF/wasm/php.wasm", "WEB-INF/wasm/old/php.wasm", "top.wasm");

  @Test
  void allAreMeantWhereThereIsNone() throws MojoFailureException {
    assertThat(new Patterns(List.of(), List.of()).choose(WAR, MODULES))
        .containsExactlyInAnyOrderElementsOf(MODULES);
  }

  @Test
  void thoseAreMeantThatAreIncludedAndNotExcluded() throws MojoFailureException {
    assertThat(new Patterns(List.of("**/php.wasm"), List.of("**/old/*")).choose(WAR, MODULES))
        .containsExactly("WEB-INF/wasm/php.wasm");
    assertThat(new Patterns(List.of(), List.of("WEB-INF/**")).choose(WAR, MODULES))
        .containsExactly("top.wasm");
    assertThat(new Patterns(List.of("*.wasm"), List.of()).choose(WAR, MODULES))
        .containsExactly("top.wasm");
  }

  @Test
  void aPatternThatNamesNothingIsAnError() {
    assertThatThrownBy(
            () -> new Patterns(List.of("top.wasm", "ruby.wasm"), List.of()).choose(WAR, MODULES))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "includes 'ruby.wasm': matches no module of shop.war, which has WEB-INF/wasm/php.wasm,"
                + " WEB-INF/wasm/old/php.wasm, top.wasm");
    assertThatThrownBy(() -> new Patterns(List.of("a"), List.of()).choose(WAR, List.of()))
        .hasMessage("includes 'a': matches no module of shop.war, which has none");
  }

  @Test
  void anEmptyPatternIsAnError() {
    assertThatThrownBy(() -> new Patterns(List.of(" "), List.of()).choose(WAR, MODULES))
        .hasMessage("includes: a pattern is empty");
    List<String> ofAnEmptyElement = Arrays.asList((String) null);
    assertThatThrownBy(() -> new Patterns(ofAnEmptyElement, List.of()).choose(WAR, MODULES))
        .hasMessage("includes: a pattern is empty");
    assertThatThrownBy(() -> new Patterns(List.of(), ofAnEmptyElement).choose(WAR, MODULES))
        .hasMessage("excludes: a pattern is empty");
  }
}
