package org.wasmservlet.boot.properties;

import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.wasmservlet.directive.Directive;

/** Where properties are written, and as what. For one thread. */
final class PropertyOrigins {
  private final Iterable<ConfigurationPropertySource> sources;

  PropertyOrigins(Environment environment) {
    this.sources = ConfigurationPropertySources.get(environment);
  }

  /** A directive's name among properties. */
  static String nameOf(Directive directive) {
    return directive.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The property that counts of those that have a name. */
  Optional<ConfigurationProperty> find(ConfigurationPropertyName name) {
    for (ConfigurationPropertySource source : sources) {
      ConfigurationProperty found = source.getConfigurationProperty(name);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a property; its value and origin are told if it is written. */
  PropertyFault fault(ConfigurationPropertyName name, String reason) {
    return find(name)
        .map(
            found ->
                new PropertyFault(
                    found.getName().toString(), found.getValue(), found.getOrigin(), reason))
        .orElseGet(() -> new PropertyFault(name.toString(), null, null, reason));
  }
}
