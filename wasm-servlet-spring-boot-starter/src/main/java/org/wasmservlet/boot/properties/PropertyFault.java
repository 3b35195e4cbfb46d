package org.wasmservlet.boot.properties;

import org.springframework.boot.origin.Origin;

/**
 * Why a property cannot be used. Immutable.
 *
 * @param property its name; null where it is no property's fault
 * @param value what is written; null where nothing is, or it is no property's fault
 * @param origin where it is written; null if that is not known
 * @param reason what is wrong
 */
public record PropertyFault(String property, Object value, Origin origin, String reason) {
  @Override
  public String toString() {
    return property == null
        ? reason
        : property
            + (value == null ? "" : " '" + value + "'")
            + (origin == null ? "" : " (" + origin + ")")
            + ": "
            + reason;
  }
}
