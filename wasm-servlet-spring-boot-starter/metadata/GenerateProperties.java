import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wasmservlet.directive.Directive;

/**
 * Writes what Spring Boot and editors know of the directives: a class with a property for each, and
 * the metadata. What is said of each is the first paragraph of its section in
 * docs/configuration.md.
 *
 * <p>Run by the build: {@code java -classpath … GenerateProperties.java configuration.md SOURCES
 * RESOURCES}.
 */
final class GenerateProperties {
  private static final String PACKAGE = "org.wasmservlet.boot.properties";
  private static final String CLASS = "DirectiveProperties";
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final Pattern NAME = Pattern.compile("\\bWasm[A-Z]\\w*");

  private final Map<Directive, String> said = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    GenerateProperties generator = new GenerateProperties(Files.readString(Path.of(args[0])));
    Path sources = Path.of(args[1]).resolve(PACKAGE.replace('.', '/'));
    write(sources.resolve(CLASS + ".java"), generator.source());
    Path metadata = Path.of(args[2]).resolve("META-INF/spring-configuration-metadata.json");
    write(metadata, generator.metadata());
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    if (!Files.exists(file) || !Files.readString(file).equals(content)) {
      Files.writeString(file, content, UTF_8);
    }
  }

  private GenerateProperties(String reference) {
    for (Directive directive : Directive.values()) {
      Pattern section =
          Pattern.compile(
              "(?s)\n## `" + directive.parameter() + "`\n\n(.+?)(?:\\bDefault:|\n\n|\n## |$)");
      Matcher matcher = section.matcher(reference);
      if (!matcher.find() || matcher.group(1).isBlank()) {
        throw new IllegalStateException("not explained: " + directive.parameter());
      }
      String text = LINK.matcher(matcher.group(1).strip()).replaceAll("$1").replace('\n', ' ');
      said.put(directive, NAME.matcher(text).replaceAll(GenerateProperties::propertyOf));
    }
  }

  /** What is about a directive is about a property here. */
  private static String propertyOf(MatchResult name) {
    return Matcher.quoteReplacement(
        Directive.namedInAnyCase(name.group())
            .map(GenerateProperties::kebabCase)
            .orElse(name.group()));
  }

  private static String kebabCase(Directive directive) {
    return directive.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String camelCase(Directive directive) {
    String name =
        Arrays.stream(directive.name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static boolean isList(Directive directive) {
    return directive.repeatable() || directive.takesAnyNumberOfWords();
  }

  private static String each(Function<Directive, String> text, String delimiter) {
    return Arrays.stream(Directive.values()).map(text).collect(Collectors.joining(delimiter));
  }

  private String source() {
    return """
    package %s;

    import java.util.EnumMap;
    import java.util.List;
    import java.util.Map;
    import org.springframework.boot.convert.Delimiter;
    import org.wasmservlet.directive.Directive;

    /**
     * A property for every directive, null where nothing is written. Generated from the directives
     * and from docs/configuration.md. For one thread.
     */
    public abstract class %s {
    %s
      %s() {}

      /** What is written, in the form that a servlet's init-params have. */
      final Map<Directive, String> values() {
        Map<Directive, String> values = new EnumMap<>(Directive.class);
    %s    return values;
      }

      private static void put(Map<Directive, String> values, Directive directive, String value) {
        if (value != null) {
          values.put(directive, DirectiveValue.of(directive, value));
        }
      }

      private static void put(
          Map<Directive, String> values, Directive directive, List<String> value) {
        if (value != null) {
          values.put(directive, DirectiveValue.of(directive, value));
        }
      }
    %s}
    """
        .formatted(
            PACKAGE,
            CLASS,
            each(this::field, ""),
            CLASS,
            each(d -> "    put(values, Directive." + d + ", " + camelCase(d) + ");\n", ""),
            each(this::accessors, ""));
  }

  private String field(Directive directive) {
    return """
      /** %s */
      %sprivate %s %s;

    """
        .formatted(
            javadoc(directive),
            isList(directive) ? "@Delimiter(Delimiter.NONE)\n  " : "",
            type(directive),
            camelCase(directive));
  }

  private String accessors(Directive directive) {
    String property = camelCase(directive);
    String suffix = Character.toUpperCase(property.charAt(0)) + property.substring(1);
    return """

      /**
       * %s
       *
       * @return what is written, or null
       */
      public %s get%s() {
        return %s;
      }

      /**
       * %s
       *
       * @param %s what is written
       */
      public void set%s(%s %s) {
        this.%s = %s;
      }
    """
        .formatted(
            javadoc(directive),
            type(directive),
            suffix,
            property,
            javadoc(directive),
            property,
            suffix,
            type(directive),
            property,
            property,
            property);
  }

  private static String type(Directive directive) {
    return isList(directive) ? "List<String>" : "String";
  }

  private String javadoc(Directive directive) {
    String text =
        said.get(directive)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("*/", "*&#47;");
    return CODE.matcher(text).replaceAll("{@code $1}");
  }

  private String metadata() {
    return """
    {
      "groups": [
        {"name": "wasm", "type": "%1$s.WasmProperties", "sourceType": "%1$s.WasmProperties"},
        {"name": "wasm.defaults", "type": "%1$s.%2$s", "sourceType": "%1$s.WasmProperties"}
      ],
      "properties": [
        {"name": "wasm.routes", "type": "java.util.Map<java.lang.String,%1$s.RouteProperties>", "sourceType": "%1$s.WasmProperties", "description": "Programs by their URL patterns, such as [/shop/*]."},
        {"name": "wasm.config", "type": "java.lang.String", "sourceType": "%1$s.WasmProperties", "description": "A file of Location blocks, in the web application or after classpath: on the class path.", "defaultValue": "WEB-INF/wasm.conf"},
        {"name": "wasm.cache-dir", "type": "java.lang.String", "sourceType": "%1$s.WasmProperties", "description": "The folder in which compiled modules, and what is unpacked of archives, outlive the process; or off. By default a folder of the application in the user's cache directory."},
        {"name": "wasm.cache-size", "type": "java.lang.String", "sourceType": "%1$s.WasmProperties", "description": "How much is kept there of compiled modules.", "defaultValue": "%3$s"},
        {"name": "wasm.memory-budget", "type": "java.lang.String", "sourceType": "%1$s.WasmProperties", "description": "The memory of all programs that run at once. By default half of the heap."},
        {"name": "management.endpoint.wasm.access", "type": "org.springframework.boot.actuate.endpoint.Access", "description": "Permitted level of access for the wasm endpoint.", "defaultValue": "unrestricted"},
        {"name": "management.health.wasm.enabled", "type": "java.lang.Boolean", "description": "Whether health tells if the programs are ready.", "defaultValue": true},
        {"name": "management.info.wasm.enabled", "type": "java.lang.Boolean", "description": "Whether info tells the programs and their URL patterns.", "defaultValue": true},
    %4$s
      ],
      "hints": [
    %5$s
      ]
    }
    """
        .formatted(
            PACKAGE,
            CLASS,
            Directive.CACHE_SIZE.defaultValue(),
            each(this::property, ",\n"),
            Arrays.stream(Directive.values())
                .filter(GenerateProperties::isSwitch)
                .map(GenerateProperties::hint)
                .collect(Collectors.joining(",\n")));
  }

  private String property(Directive directive) {
    return "    {\"name\": \"wasm.defaults.%s\", \"type\": \"%s\", \"sourceType\": \"%s.%s\", \"description\": \"%s\"%s}"
        .formatted(
            kebabCase(directive),
            isList(directive) ? "java.util.List<java.lang.String>" : "java.lang.String",
            PACKAGE,
            CLASS,
            json(said.get(directive)),
            directive.defaultValue() == null
                ? ""
                : ", \"defaultValue\": \"" + json(directive.defaultValue()) + "\"");
  }

  private static boolean isSwitch(Directive directive) {
    return "On".equals(directive.defaultValue()) || "Off".equals(directive.defaultValue());
  }

  private static String hint(Directive directive) {
    return "    {\"name\": \"wasm.defaults.%s\", \"values\": [{\"value\": \"on\"}, {\"value\": \"off\"}], \"providers\": [{\"name\": \"any\"}]}"
        .formatted(kebabCase(directive));
  }

  private static String json(String text) {
    return text.replace("`", "").replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
