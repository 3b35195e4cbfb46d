package org.wasmservlet.core.reference;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a module can be had, as it is written: a scheme, {@code ://} and a place. Immutable. */
public final class ModuleReference {
  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern USER = Pattern.compile("(://)[^/?#]*@");
  private static final Pattern QUERY = Pattern.compile("\\?[^#]*");

  private final String text;
  private final String scheme;

  private ModuleReference(String text, String scheme) {
    this.text = text;
    this.scheme = scheme;
  }

  /**
   * Tells a reference from the path of a file.
   *
   * @param text what is written
   * @return whether it has the form of a reference, of whatever scheme
   */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Reads a reference, of which its scheme knows what else must be right.
   *
   * @param text that {@linkplain #isOne is one}
   * @return the reference
   * @throws IllegalArgumentException if it has credentials in it; the message does not tell them
   */
  public static ModuleReference parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no reference to a module");
    }
    if (USER.matcher(text).find()) {
      throw new IllegalArgumentException(
          "must not have a user or a password in it: everybody sees them who sees the configuration");
    }
    return new ModuleReference(text, matcher.group(1).toLowerCase(Locale.ROOT));
  }

  /**
   * What may be told of a text that may be a reference.
   *
   * @param text of whatever form
   * @return without a user, a password, and what a query says, if it has the form of a reference
   */
  public static String shown(String text) {
    return isOne(text)
        ? QUERY.matcher(USER.matcher(text).replaceAll("$1...@")).replaceAll("?...")
        : text;
  }

  /** A place as it may be told: signed addresses have what opens them in their query. */
  static String shown(URI place) {
    return shown(place.toString());
  }

  /**
   * Of which kind it is.
   *
   * @return in lower case
   */
  public String scheme() {
    return scheme;
  }

  /**
   * What is written behind {@code ://}.
   *
   * @return never null
   */
  public String place() {
    return text.substring(scheme.length() + "://".length());
  }

  /**
   * The reference as an address.
   *
   * @return with everything in it
   * @throws IllegalArgumentException if it is none
   */
  public URI uri() {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Not the cause: the whole address is in its message.
      throw new IllegalArgumentException(
          "is no address: " + e.getReason() + " at index " + e.getIndex());
    }
  }

  /** All of it, to tell it from others. */
  String text() {
    return text;
  }

  /** As it is written, but for what its query says. */
  @Override
  public String toString() {
    return shown(text);
  }
}
