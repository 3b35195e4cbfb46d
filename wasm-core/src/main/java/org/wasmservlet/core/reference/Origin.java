package org.wasmservlet.core.reference;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Which servers are asked, and which are asked in another's place. */
public final class Origin {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
  private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private Origin() {}

  /**
   * Whether a host is this machine by whatever name servers give: nobody is between.
   *
   * @param host as it stands in an address, without a port
   * @return true for localhost and loopback addresses
   */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  static void requireAllowed(URI uri) throws IOException {
    boolean allowed =
        uri.getHost() != null
            && ("https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost()));
    if (!allowed) {
      throw new IOException(
          ModuleReference.shown(uri) + ": only https is used, and http on this machine alone");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IOException(ModuleReference.shown(uri) + " has a user or a password in it");
    }
  }

  /** Where an answer leads to; null if it is the last one. */
  static String redirect(Answer answer) throws IOException {
    if (!REDIRECTS.contains(answer.status())) {
      return null;
    }
    List<String> location = answer.header("location");
    if (location.isEmpty()) {
      throw new IOException(
          ModuleReference.shown(answer.from()) + " redirects to nowhere: it sends no Location");
    }
    return location.get(0);
  }

  static URI follow(URI from, String location) throws IOException {
    URI next;
    try {
      next = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      // Not the cause: the whole address is in its message, and it may be signed.
      throw new IOException(
          ModuleReference.shown(from) + " redirects to what is no address: " + e.getReason());
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(next.getScheme())) {
      throw new IOException(
          ModuleReference.shown(from)
              + " redirects to "
              + ModuleReference.shown(next)
              + ", which is not https");
    }
    requireAllowed(next);
    return next;
  }

  static boolean isSame(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? HTTPS_PORT : HTTP_PORT;
  }
}
