package org.wasmservlet.boot.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.wasmservlet.directive.Directive;

class RoutesOfPropertiesTest {
  @ParameterizedTest
  @EnumSource(Directive.class)
  void everyDirectiveIsAPropertyOfARouteAndADefault(Directive directive) throws IOException {
    String name = PropertyOrigins.nameOf(directive);
    assertThat("Wasm" + name.replace("-", "")).isEqualToIgnoringCase(directive.parameter());
    String value = directive == Directive.DENY || directive.takesOneWord() ? "a" : "1 b";
    ConfiguredRoute ofRoute =
        route("wasm:\n  routes:\n    \"[/x]\":\n      %s: %s\n".formatted(name, value));
    assertThat(ofRoute.initParams()).containsExactly(entry(directive.parameter(), value));
    ConfiguredRoute ofDefaults =
        route(
            "wasm:\n  defaults:\n    %s: %s\n  routes:\n    \"[/x]\":\n      async-supported: true\n"
                .formatted(name, value));
    assertThat(ofDefaults.initParams()).isEqualTo(ofRoute.initParams());
  }

  @Test
  void routesComeInTheOrderTheyAreWritten() throws IOException {
    List<ConfiguredRoute> routes =
        Yaml.reader(
                """
                wasm:
                  routes:
                    "[/z/*]":
                      module: z.wasm
                    "[*.php]":
                      module: php.wasm
                    "[/a]":
                      module: a.wasm
                    site:
                      url-patterns: ["/one/*", /two]
                      module: site.wasm
                """)
            .routes();
    assertThat(routes)
        .extracting(ConfiguredRoute::name)
        .containsExactly("/z/*", "*.php", "/a", "site");
    assertThat(routes.get(0).patterns()).containsExactly("/z/*");
    assertThat(routes.get(3).patterns()).containsExactly("/one/*", "/two");
  }

  @Test
  void aListIsALineEachOrAWordEach() throws IOException {
    Map<String, String> params =
        initParams(
            """
            map-dir: ["/app classpath:shop/ ro", "/tmp tmp:"]
            env:
              - GREETING "Hello, world"
              - LIST 1,2,3
            directory-index: [index.php, index.html]
            deny: |
              *.bak *~
              *.sqlite
            """);
    assertThat(params)
        .containsEntry("WasmMapDir", "/app classpath:shop/ ro\n/tmp tmp:")
        .containsEntry("WasmDirectoryIndex", "index.php index.html")
        .containsEntry("WasmDeny", "*.bak *~\n*.sqlite");
    assertThat(params.get("WasmEnv")).isEqualTo("GREETING \"Hello, world\"\nLIST 1,2,3");
  }

  @Test
  void aValueIsNotSplitAtCommas() throws IOException {
    assertThat(initParams("warm-up: 2 /x?a=1,2\n")).containsEntry("WasmWarmUp", "2 /x?a=1,2");
  }

  @ParameterizedTest
  @CsvSource({"on,On", "off,Off", "true,On", "'\"On\"',On", "no,Off"})
  void whatYamlTakesForYesAndNoIsOnAndOff(String written, String expected) throws IOException {
    assertThat(initParams("enable-cgi: " + written + "\n"))
        .containsEntry("WasmEnableCGI", expected);
    assertThat(initParams("cache-dir: off\n")).containsEntry("WasmCacheDir", "Off");
    assertThat(initParams("arg: [true]\n")).containsEntry("WasmArg", "true");
  }

  @Test
  void oneWordNeedsNoQuotesForItsBlanks() throws IOException {
    Map<String, String> params =
        initParams(
            """
            module: /srv/my programs/php.wasm
            document-root: '"/srv/my site"'
            arg: [-d, "my script.php", "#1", 'say "yes"']
            """);
    assertThat(params)
        .containsEntry("WasmModule", "\"/srv/my programs/php.wasm\"")
        .containsEntry("WasmDocumentRoot", "\"/srv/my site\"")
        .containsEntry("WasmArg", "-d\n\"my script.php\"\n\"#1\"\n\"say \\\"yes\\\"\"");
  }

  @Test
  void namesMayBeSpelledAsSpringBootAllows() throws IOException {
    assertThat(initParams("enableCgi: on\nmap_dir: /a /b\n"))
        .containsOnly(entry("WasmEnableCGI", "On"), entry("WasmMapDir", "/a /b"));
  }

  @Test
  void aRouteSaysOtherwiseThanTheDefaults() throws IOException {
    ConfiguredRoute route =
        route(
            """
            wasm:
              defaults:
                timeout: 10s
                env: [A 1, B 2]
              routes:
                "[/x]":
                  env: C 3
            """);
    assertThat(route.initParams())
        .containsOnly(entry("WasmTimeout", "10s"), entry("WasmEnv", "C 3"));
  }

  @Test
  void aServletIsStartedAtOnceAndAFilterBehindOthers() throws IOException {
    ConfiguredRoute servlet = route("wasm:\n  routes:\n    \"[/x]\":\n      module: x.wasm\n");
    assertThat(servlet.isFilter()).isFalse();
    assertThat(servlet.loadOnStartup()).isEqualTo(1);
    assertThat(servlet.isAsyncSupported()).isTrue();
    ConfiguredRoute filter = route("wasm:\n  routes:\n    \"[/*]\":\n      filter: on\n");
    assertThat(filter.isFilter()).isTrue();
    assertThat(filter.order()).isEqualTo(Ordered.LOWEST_PRECEDENCE);
  }

  @Test
  void variablesOfTheEnvironmentReplaceANamedRoutesProperties() throws IOException {
    ConfigurableEnvironment environment =
        Yaml.environment(
            "wasm:\n  routes:\n    shop:\n      url-patterns: /shop/*\n      module: a.wasm\n");
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "systemEnvironment", Map.of("WASM_ROUTES_SHOP_MODULE", "b.wasm")));
    assertThat(new PropertiesReader(environment).routes().get(0).initParams())
        .containsEntry("WasmModule", "b.wasm");
  }

  @Test
  void whatCountsForAllIsAContextParam() throws IOException {
    Path folder = Path.of("/cache");
    assertThat(Yaml.reader("wasm:\n  config: x\n").contextParams(folder))
        .containsOnly(entry("WasmCacheDir", "\"/cache\""));
    assertThat(
            Yaml.reader("wasm:\n  cache-dir: my cache\n  cache-size: 2GB\n  memory-budget: 1.5GB\n")
                .contextParams(folder))
        .containsOnly(
            entry("WasmCacheDir", '"' + Path.of("my cache").toAbsolutePath().toString() + '"'),
            entry("WasmCacheSize", "2GB"),
            entry("wasmMemoryBudget", "1.5GB"));
    assertThat(Yaml.reader("wasm:\n  cache-dir: off\n").contextParams(folder))
        .containsOnly(entry("WasmCacheDir", "Off"));
  }

  @Test
  void othersMayHaveVariablesOfTheEnvironmentThatBeginAlike() throws IOException {
    ConfigurableEnvironment environment = Yaml.environment("wasm:\n  config: x\n");
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "systemEnvironment", Map.of("WASM_PACK_CACHE", "/x", "WASM_BINDGEN", "y")));
    environment.getPropertySources().addLast(new MapPropertySource("none", Map.of()));
    assertThat(new PropertiesReader(environment).routes()).isEmpty();
  }

  private static Map<String, String> initParams(String ofRoute) throws IOException {
    return route("wasm:\n  routes:\n    \"[/x]\":\n" + ofRoute.indent(6)).initParams();
  }

  private static ConfiguredRoute route(String yaml) throws IOException {
    List<ConfiguredRoute> routes = Yaml.reader(yaml).routes();
    assertThat(routes).hasSize(1);
    return routes.get(0);
  }
}
