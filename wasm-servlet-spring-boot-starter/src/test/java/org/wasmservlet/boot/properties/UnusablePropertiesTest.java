package org.wasmservlet.boot.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

class UnusablePropertiesTest {
  @Test
  void namesAreTakenForTheNearest() {
    assertThat(report("wasm:\n  rutes:\n    \"[/x]\":\n      module: x\n"))
        .containsSubsequence(
            "Property: wasm.rutes[/x].module",
            "Value: \"x\"",
            "Origin: application.yaml - 4:15",
            "Reason: no such property; did you mean routes?");
    assertThat(report("wasm:\n  routes:\n    \"[/x]\":\n      modul: x.wasm\n      module: y\n"))
        .containsSubsequence(
            "Property: wasm.routes[/x].modul",
            "Value: \"x.wasm\"",
            "Origin: application.yaml - 4:14",
            "Reason: no such property; did you mean module?")
        .doesNotContain("\"y\"");
    assertThat(report("wasm:\n  routes:\n    \"[/x]\":\n      load-on-start: 1\n"))
        .contains("did you mean load-on-startup?");
    assertThat(report("wasm:\n  defaults:\n    map-dirs:\n      - /a /b\n      - /c /d\n"))
        .containsSubsequence(
            "Property: wasm.defaults.map-dirs[0]",
            "did you mean map-dir?",
            "Property: wasm.defaults.map-dirs[1]",
            "Origin: application.yaml - 5:9");
  }

  @Test
  void aTextThatYamlTakesForAnObjectNeedsQuotes() {
    assertThat(report("wasm:\n  defaults:\n    map-dir:\n      - /tmp tmp:\n"))
        .contains(
            "Property: wasm.defaults.map-dir[0]",
            "Origin: application.yaml - 4:",
            "map-dir is a text, or a list of texts: put quotes around one that has a colon");
  }

  @Test
  void valuesThatCannotBeReadAreNamedWithTheirPlace() {
    assertThat(
            report(
                """
                wasm:
                  defaults:
                    timeout: 1s 2s
                  routes:
                    "[/x]":
                      module: x.wasm
                      map-dir:
                        - /app /srv/app
                        - /app '/srv/app
                """))
        .containsSubsequence(
            "Property: wasm.routes[/x].map-dir[1]",
            "Value: \"/app '/srv/app\"",
            "Origin: application.yaml - 9:11",
            "Reason: a quote (') is not closed");
    assertThat(
            report(
                "wasm:\n  defaults:\n    max-queue: ''\n  routes:\n    \"[/x]\":\n      module: x\n"))
        .containsSubsequence(
            "Property: wasm.defaults.max-queue", "Origin: application.yaml - 3:16", "has no value");
    assertThat(report("wasm:\n  memory-budget: much\n  cache-size: 1TB\n"))
        .containsSubsequence(
            "Property: wasm.cache-size", "Property: wasm.memory-budget", "Value: \"much\"", "2:18");
  }

  @ParameterizedTest
  @CsvSource({
    "shop, no URL pattern: write \"[/shop/*]\"",
    "'\"[/a/*.php]\"', '''/a/*.php'' is no URL pattern'",
    "'\"[/*/a]\"', '''/*/a'' is no URL pattern'",
    "'\"[*.a/b]\"', '''*.a/b'' is no URL pattern'"
  })
  void aRouteHasAPattern(String key, String reason) {
    assertThat(report("wasm:\n  routes:\n    " + key + ":\n      module: x.wasm\n"))
        .contains(reason)
        .contains("Origin: application.yaml - 4:15");
  }

  @Test
  void whatSaysNothingIsRefused() {
    assertThat(
            report("wasm:\n  routes:\n    \"[/x]\":\n      filter: on\n      load-on-startup: 2\n"))
        .contains("wasm.routes[/x].load-on-startup", "a filter is started in any case");
    assertThat(report("wasm:\n  routes:\n    \"[/x]\":\n      order: 2\n"))
        .contains("wasm.routes[/x].order", "only filters have an order");
  }

  @Test
  void whatSpringBootCannotConvertIsItsOwnToTell() {
    BindException e =
        catchThrowableOfType(
            BindException.class,
            () -> Yaml.reader("wasm:\n  routes:\n    \"[/x]\":\n      order: first\n"));
    assertThat(e.getProperty().getName()).hasToString("wasm.routes[/x].order");
    assertThat(e.getProperty().getOrigin()).hasToString("application.yaml - 4:14");
  }

  private static String report(String yaml) {
    UnusablePropertyException e =
        catchThrowableOfType(
            UnusablePropertyException.class,
            () -> {
              PropertiesReader reader = Yaml.reader(yaml);
              reader.routes();
              reader.contextParams(Path.of("/cache"));
            });
    assertThat(e).describedAs(yaml).isNotNull();
    return new UnusablePropertyFailureAnalyzer().analyze(e).getDescription();
  }
}
