package org.wasmservlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.directive.Directive;

class DirectiveNamesTest {
  @Test
  void arePublicConstantsOfTheServlet() {
    assertThat(
            Arrays.stream(WasmServlet.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .map(DirectiveNamesTest::value))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Directive.values()).map(Directive::parameter).toList());
  }

  @ParameterizedTest
  @EnumSource(Directive.class)
  void areInTheConfigurationReferenceWithTheirDefaults(Directive directive) throws Exception {
    String reference = Files.readString(Path.of("../docs/configuration.md"));
    String value = directive.defaultValue() == null ? "none" : "`" + directive.defaultValue() + "`";
    assertThat(reference)
        .contains("## `" + directive.parameter() + "`")
        .containsPattern("(?s)## `" + directive.parameter() + "`\n\n[^#]*?Default: " + value);
  }

  private static String value(Field field) {
    assertThat(Modifier.isFinal(field.getModifiers())).isTrue();
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
