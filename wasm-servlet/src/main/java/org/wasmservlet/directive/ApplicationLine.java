package org.wasmservlet.directive;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The line of {@code WasmApplication}: {@code application [directory]}. Immutable.
 *
 * @param kind what the application speaks
 * @param name a module and what is to be called in it, or the absolute guest path of a file
 * @param directory the guest path of the application's directory
 */
public record ApplicationLine(Kind kind, String name, String directory) {
  /** Where applications are unless the line says otherwise. */
  private static final String DEFAULT_DIRECTORY = "/app";

  private static final String SCRIPT = "cgi:";
  private static final String ASGI = "asgi:";
  private static final String RACKUP = ".ru";
  private static final String PHP = ".php";
  private static final String WORDPRESS = "wordpress";
  private static final String NAMES = "[\\p{L}_][\\p{L}\\p{N}_]*(\\.[\\p{L}_][\\p{L}\\p{N}_]*)*";
  private static final Pattern CALLABLE = Pattern.compile(NAMES + ":" + NAMES);

  /** What an application speaks. */
  public enum Kind {
    /** Python's Web Server Gateway Interface. */
    WSGI,
    /** Python's Asynchronous Server Gateway Interface. */
    ASGI,
    /** CGI, by a script in Python. */
    SCRIPT,
    /** Ruby's Rack. */
    RACK,
    /** A front controller in PHP. */
    PHP,
    /** WordPress, which has several. */
    WORDPRESS;

    /**
     * Whether PHP runs it, which is frozen while it answers.
     *
     * @return false for those that are frozen where they ask
     */
    public boolean isPhp() {
      return this == PHP || this == WORDPRESS;
    }
  }

  /**
   * Whether the name is that of a file.
   *
   * @return whether it is
   */
  public boolean isFile() {
    return kind != Kind.WSGI && kind != Kind.ASGI;
  }

  /**
   * Reads the directive.
   *
   * @param directives of a route
   * @return the line, or null if there is none
   * @throws DirectiveException if it names no application
   */
  public static ApplicationLine of(Directives directives) throws DirectiveException {
    List<String> words = directives.words(Directive.APPLICATION);
    return words.isEmpty() ? null : of(words);
  }

  private static ApplicationLine of(List<String> words) throws DirectiveException {
    String directory = words.size() > 1 ? words.get(1) : DEFAULT_DIRECTORY;
    if (!directory.startsWith("/")) {
      throw wrong(words, "the directory is not an absolute path");
    }
    String application = words.get(0);
    if (application.startsWith(SCRIPT) && application.length() > SCRIPT.length()) {
      String script = application.substring(SCRIPT.length());
      return new ApplicationLine(Kind.SCRIPT, resolve(directory, script), directory);
    }
    if (application.endsWith(RACKUP)) {
      return new ApplicationLine(Kind.RACK, resolve(directory, application), directory);
    }
    if (application.endsWith(PHP)) {
      return new ApplicationLine(Kind.PHP, resolve(directory, application), directory);
    }
    if (application.equals(WORDPRESS)) {
      return new ApplicationLine(Kind.WORDPRESS, resolve(directory, "wp-load.php"), directory);
    }
    if (application.startsWith(ASGI)) {
      String callable = application.substring(ASGI.length());
      // A module may be called asgi.
      if (CALLABLE.matcher(callable).matches()) {
        return new ApplicationLine(Kind.ASGI, callable, directory);
      }
    }
    if (CALLABLE.matcher(application).matches()) {
      return new ApplicationLine(Kind.WSGI, application, directory);
    }
    throw wrong(
        words,
        "must be module:callable (WSGI, Python), asgi:module:callable (ASGI, Python), cgi:script.py"
            + " (CGI, Python), a file that ends in .ru (Rack, Ruby) or .php (PHP), or wordpress");
  }

  private static String resolve(String directory, String file) {
    if (file.startsWith("/")) {
      return file;
    }
    return directory.endsWith("/") ? directory + file : directory + "/" + file;
  }

  private static DirectiveException wrong(List<String> words, String reason) {
    return new DirectiveException(
        Directive.APPLICATION.parameter(), String.join(" ", words), reason);
  }
}
