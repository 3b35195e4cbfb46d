package org.wasmservlet.preopen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;

/**
 * A place that the host needs for a route. Immutable.
 *
 * @param route identifies the route in this JVM
 * @param owner the route, as messages name it
 * @param place what must not be given
 */
record ListedPlace(String route, String owner, HostPlace place) {
  private static final String SEPARATOR = " ";
  private static final String MARK = "HOST";

  /** The place with the route in its name. */
  HostPlace named() {
    return new HostPlace(place.name() + " of " + owner, place.path(), place.extent());
  }

  /** One line of ASCII, which is told from those of directories by its second word. */
  String toLine() {
    return String.join(
        SEPARATOR,
        route,
        MARK,
        place.path().toUri().toString(),
        place.extent().name(),
        URLEncoder.encode(place.name(), UTF_8),
        URLEncoder.encode(owner, UTF_8));
  }

  static boolean isOne(String line) {
    return line.split(SEPARATOR, -1)[1].equals(MARK);
  }

  static ListedPlace ofLine(String line) {
    String[] words = line.split(SEPARATOR, -1);
    return new ListedPlace(
        words[0],
        URLDecoder.decode(words[5], UTF_8),
        new HostPlace(
            URLDecoder.decode(words[4], UTF_8),
            Path.of(URI.create(words[2])),
            HostPlace.Extent.valueOf(words[3])));
  }
}
