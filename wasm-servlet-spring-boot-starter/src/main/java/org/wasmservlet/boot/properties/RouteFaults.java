package org.wasmservlet.boot.properties;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;

/** Tells which property is at fault where a directive cannot be used. For one thread. */
public final class RouteFaults {
  private static final ConfigurationPropertyName ROUTES =
      ConfigurationPropertyName.of("wasm.routes");
  private static final ConfigurationPropertyName DEFAULTS =
      ConfigurationPropertyName.of("wasm.defaults");

  private static final Pattern PARAMETER = Pattern.compile("\\bWasm[A-Z]\\w*");

  private final PropertyOrigins origins;

  RouteFaults(PropertyOrigins origins) {
    this.origins = origins;
  }

  /**
   * Of an application.
   *
   * @param environment with its properties
   */
  public RouteFaults(Environment environment) {
    this(new PropertyOrigins(environment));
  }

  static ConfigurationPropertyName propertyOf(String route) {
    return ROUTES.append("[" + route + "]");
  }

  /**
   * What is wrong with a route as a whole; its origin is that of the first of its properties.
   *
   * @param route by its name
   * @param reason why it cannot be used
   * @return what there is to tell of it
   */
  public PropertyFault ofRoute(String route, String reason) {
    ConfigurationPropertyName property = propertyOf(route);
    PropertyFault fault = origins.fault(property, reason);
    return PropertiesReader.OF_ROUTES.stream()
        .map(name -> written(property, name))
        .flatMap(Optional::stream)
        .findFirst()
        .map(
            first ->
                new PropertyFault(
                    fault.property(), fault.value(), first.getOrigin(), fault.reason()))
        .orElse(fault);
  }

  /**
   * The property that says what cannot be used.
   *
   * @param route by its name
   * @param e which directive it is
   * @return what there is to tell of it
   */
  public PropertyFault of(String route, DirectiveException e) {
    Optional<Directive> directive = Directive.namedInAnyCase(e.parameter());
    if (directive.isEmpty()) {
      return ofRoute(route, e.getMessage());
    }
    ConfigurationPropertyName property = propertyOf(route);
    String name = PropertyOrigins.nameOf(directive.get());
    String reason = inProperties(e.reason());
    return Stream.of(property, DEFAULTS)
        .filter(parent -> written(parent, name).isPresent())
        .map(parent -> origins.fault(atFault(parent.append(name), e.value()), reason))
        .findFirst()
        .orElseGet(() -> missing(route, property.append(name), reason));
  }

  /** What is about directives is about properties here. */
  private static String inProperties(String reason) {
    return PARAMETER
        .matcher(reason)
        .replaceAll(
            parameter ->
                Matcher.quoteReplacement(
                    Directive.namedInAnyCase(parameter.group())
                        .map(PropertyOrigins::nameOf)
                        .orElse(parameter.group())));
  }

  /** A property that ought to be there would be beside the route's others. */
  private PropertyFault missing(String route, ConfigurationPropertyName name, String reason) {
    PropertyFault beside = ofRoute(route, reason);
    return new PropertyFault(name.toString(), null, beside.origin(), beside.reason());
  }

  /** The property itself, or the first of its list. */
  private Optional<ConfigurationProperty> written(ConfigurationPropertyName parent, String child) {
    ConfigurationPropertyName name = parent.append(child);
    return origins.find(name).or(() -> origins.find(name.append("[0]")));
  }

  /** Of a list the element that is meant, else the first. */
  private ConfigurationPropertyName atFault(ConfigurationPropertyName name, String value) {
    ConfigurationPropertyName first = name.append("[0]");
    if (origins.find(first).isEmpty()) {
      return name;
    }
    String wanted = String.valueOf(value);
    return element(name, text -> text.strip().equals(wanted))
        .or(() -> element(name, text -> words(text).equals(words(wanted))))
        .orElse(first);
  }

  private Optional<ConfigurationPropertyName> element(
      ConfigurationPropertyName list, Predicate<String> isMeant) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> list.append("[" + i + "]"))
        .takeWhile(element -> origins.find(element).isPresent())
        .filter(
            element -> isMeant.test(String.valueOf(origins.find(element).orElseThrow().getValue())))
        .findFirst();
  }

  /** As a line is quoted that has been taken apart. */
  private static String words(String line) {
    return line.replaceAll("[\"']", "").strip().replaceAll("\\s+", " ");
  }
}
