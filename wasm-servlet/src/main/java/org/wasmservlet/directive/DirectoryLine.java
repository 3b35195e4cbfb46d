package org.wasmservlet.directive;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of {@code WasmDir} or {@code WasmMapDir}: {@code directory [ro|rw]} or {@code guest-path
 * directory [ro|rw]}. Immutable.
 *
 * @param guestPath what the guest calls the directory
 * @param hostDirectory the directory as it is written; {@value #PRIVATE} for a fresh one in each
 *     request, and with a name after it for one that the web application's requests share, in
 *     {@code WasmMapDir} only
 * @param readOnly whether the line ends with {@code ro}
 */
public record DirectoryLine(String guestPath, String hostDirectory, boolean readOnly) {
  /** Stands for a directory of each request's own. */
  public static final String PRIVATE = "tmp:";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /**
   * Takes a line's words apart.
   *
   * @param directive {@link Directive#DIR} or {@link Directive#MAP_DIR}
   * @param words of one line, as many as the directive takes
   * @return what they mean
   * @throws DirectiveException if the last of more words than are needed is neither ro nor rw
   */
  public static DirectoryLine of(Directive directive, List<String> words)
      throws DirectiveException {
    int needed = directive == Directive.MAP_DIR ? 2 : 1;
    String host = words.get(needed - 1);
    boolean readOnly = false;
    if (words.size() > needed) {
      String access = words.get(needed);
      readOnly = access.equals("ro");
      if (!readOnly && !access.equals("rw")) {
        throw new DirectiveException(
            directive.parameter(),
            String.join(" ", words),
            "'"
                + access
                + "' is neither ro (read-only) nor rw (read and write);"
                + " put quotes around a path that has blanks");
      }
    }
    DirectoryLine line = new DirectoryLine(words.get(0), host, readOnly);
    if (directive == Directive.MAP_DIR && line.isPrivate() && readOnly) {
      throw new DirectiveException(
          directive.parameter(),
          String.join(" ", words),
          "an empty directory of each request's own cannot be read-only");
    }
    if (directive == Directive.MAP_DIR && line.isShared() && !NAME.matcher(line.name()).matches()) {
      throw new DirectiveException(
          directive.parameter(),
          String.join(" ", words),
          "'" + line.name() + "' is no name: letters, digits, - and _");
    }
    return line;
  }

  /**
   * Whether each request gets a directory of its own.
   *
   * @return true for {@value #PRIVATE}
   */
  public boolean isPrivate() {
    return hostDirectory.equals(PRIVATE);
  }

  /**
   * Whether the requests of the web application share a directory that is made for them.
   *
   * @return true for {@value #PRIVATE} with a name after it
   */
  public boolean isShared() {
    return hostDirectory.startsWith(PRIVATE) && !isPrivate();
  }

  /**
   * The name of a shared directory.
   *
   * @return what follows {@value #PRIVATE}
   */
  public String name() {
    return hostDirectory.substring(PRIVATE.length());
  }
}
