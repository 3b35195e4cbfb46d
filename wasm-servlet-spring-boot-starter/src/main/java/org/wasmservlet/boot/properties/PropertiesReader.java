package org.wasmservlet.boot.properties;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.NearestName;

/** Reads an application's properties. For one thread. */
public final class PropertiesReader {
  private static final String ROOT = "wasm";
  static final List<String> OF_THE_APPLICATION =
      List.of("routes", "defaults", "config", "cache-dir", "cache-size", "memory-budget");
  private static final List<String> OF_DIRECTIVES =
      Stream.of(Directive.values()).map(PropertyOrigins::nameOf).toList();
  static final List<String> OF_ROUTES =
      Stream.concat(
              OF_DIRECTIVES.stream(),
              Stream.of("url-patterns", "filter", "load-on-startup", "async-supported", "order"))
          .toList();

  private final PropertyOrigins origins;
  private final WasmProperties properties;

  /**
   * Reads what there is.
   *
   * @param environment with the application's properties
   * @throws UnusablePropertyException if a property is not known
   * @throws BindException if a value cannot be converted, as Spring Boot throws it
   */
  public PropertiesReader(Environment environment) {
    this.origins = new PropertyOrigins(environment);
    this.properties = bind(Binder.get(environment));
  }

  /**
   * What is written.
   *
   * @return as it is written
   */
  public WasmProperties properties() {
    return properties;
  }

  /**
   * The routes.
   *
   * @return in the order they are written
   * @throws UnusablePropertyException if one cannot be used; it tells of all
   */
  public List<ConfiguredRoute> routes() {
    return RouteReader.read(properties, origins);
  }

  /**
   * What is said for all routes of the web application, as context-params.
   *
   * @param cacheFolder where {@code wasm.cache-dir} is not written
   * @return values by name
   * @throws UnusablePropertyException if one cannot be used; it tells of all
   */
  public Map<String, String> contextParams(Path cacheFolder) {
    return new ContextParams(properties, origins).read(cacheFolder);
  }

  /**
   * What is wrong with the property of an application.
   *
   * @param name of the property
   * @param reason why it cannot be used
   * @return without value and origin if it is not written
   */
  public PropertyFault fault(String name, String reason) {
    return origins.fault(ConfigurationPropertyName.of(name), reason);
  }

  private WasmProperties bind(Binder binder) {
    // What others have in the environment of the process may begin with WASM_, too.
    BindHandler handler =
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
    try {
      return binder.bindOrCreate(ROOT, Bindable.of(WasmProperties.class), handler);
    } catch (BindException e) {
      if (e.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
        throw new UnusablePropertyException(
            unknown.getUnboundProperties().stream().map(PropertiesReader::unknown).toList());
      }
      throw e;
    }
  }

  private static PropertyFault unknown(ConfigurationProperty property) {
    ConfigurationPropertyName name = property.getName();
    String reason =
        switch (name.getElement(1, Form.UNIFORM)) {
          case "routes" -> reason(name, 3, OF_ROUTES);
          case "defaults" -> reason(name, 2, OF_DIRECTIVES);
          default -> reason(name, 1, OF_THE_APPLICATION);
        };
    return new PropertyFault(name.toString(), property.getValue(), property.getOrigin(), reason);
  }

  private static String reason(ConfigurationPropertyName name, int element, List<String> known) {
    String written =
        name.getElement(Math.min(element, name.getNumberOfElements() - 1), Form.ORIGINAL);
    // YAML takes what ends with a colon for the name of something.
    return known.contains(written)
        ? written + " is a text, or a list of texts: put quotes around one that has a colon"
        : "no such property; did you mean " + NearestName.of(written, known) + "?";
  }
}
