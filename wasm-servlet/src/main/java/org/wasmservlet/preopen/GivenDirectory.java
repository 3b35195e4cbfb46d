package org.wasmservlet.preopen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import org.wasmservlet.core.Preopen;

/**
 * A directory that the programs of a route have been given. Immutable.
 *
 * @param route identifies the route in this JVM
 * @param owner the route, as messages name it
 * @param preopen the directory, by its real path when the route was made
 */
public record GivenDirectory(String route, String owner, Preopen preopen) {
  private static final String SEPARATOR = " ";

  /** One line of ASCII, whatever characters the names have. */
  String toLine() {
    return String.join(
        SEPARATOR,
        route,
        preopen.access().name(),
        preopen.hostDirectory().toUri().toString(),
        URLEncoder.encode(preopen.guestPath(), UTF_8),
        URLEncoder.encode(owner, UTF_8));
  }

  static GivenDirectory ofLine(String line) {
    // A name may be empty.
    String[] words = line.split(SEPARATOR, -1);
    return new GivenDirectory(
        words[0],
        URLDecoder.decode(words[4], UTF_8),
        new Preopen(
            URLDecoder.decode(words[3], UTF_8),
            Path.of(URI.create(words[2])),
            Preopen.Access.valueOf(words[1])));
  }
}
