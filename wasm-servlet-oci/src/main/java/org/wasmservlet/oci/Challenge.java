package org.wasmservlet.oci;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be told who asks (RFC 9110, WWW-Authenticate). Immutable.
 *
 * @param scheme in lower case
 * @param parameters by their names, in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final String PARAMETER = "([A-Za-z0-9_-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))";
  private static final Pattern ONE = Pattern.compile("\\G\\s*,?\\s*" + PARAMETER);
  private static final Pattern SCHEME =
      Pattern.compile("\\G\\s*,?\\s*([A-Za-z][A-Za-z0-9_-]*)(?=\\s|,|$)");

  /**
   * Finds one that can be met.
   *
   * @param headers the values of all headers of the name
   * @return the first of Bearer and Basic, if there is one
   */
  static Optional<Challenge> of(List<String> headers) {
    for (String header : headers) {
      Matcher scheme = SCHEME.matcher(header);
      int at = 0;
      while (scheme.find(at)) {
        Map<String, String> parameters = new HashMap<>();
        at = readParameters(header, scheme.end(), parameters);
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (name.equals("bearer") || name.equals("basic")) {
          return Optional.of(new Challenge(name, parameters));
        }
      }
    }
    return Optional.empty();
  }

  private static int readParameters(String header, int from, Map<String, String> parameters) {
    Matcher parameter = ONE.matcher(header);
    int at = from;
    while (parameter.find(at)) {
      parameters.put(
          parameter.group(1).toLowerCase(Locale.ROOT),
          parameter.group(2) == null ? parameter.group(3) : parameter.group(2));
      at = parameter.end();
    }
    return at;
  }
}
