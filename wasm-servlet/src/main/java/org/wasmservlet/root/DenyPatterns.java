package org.wasmservlet.root;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Patterns of what is never served: {@code *} stands for any characters of one name, {@code ?} for
 * one. A pattern without a slash is for a file or directory of that name anywhere, one with a slash
 * for the path from the document root. Case makes no difference, for it makes none to some file
 * systems. Immutable.
 */
final class DenyPatterns {
  private final List<String> names = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  DenyPatterns(List<String> patterns) {
    for (String pattern : patterns) {
      String folded = fold(pattern.endsWith("/") ? chop(pattern) : pattern);
      if (folded.indexOf('/') < 0) {
        names.add(folded);
      } else {
        paths.add(folded.startsWith("/") ? folded : "/" + folded);
      }
    }
  }

  /**
   * Whether a path, which begins with a slash, ends in a name that is denied or is denied itself.
   */
  boolean matches(String path) {
    if (names.isEmpty() && paths.isEmpty()) {
      return false;
    }
    String folded = fold(path);
    String name = folded.substring(folded.lastIndexOf('/') + 1);
    return names.stream().anyMatch(pattern -> matches(pattern, name))
        || paths.stream().anyMatch(pattern -> matches(pattern, folded));
  }

  private static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static String chop(String text) {
    return text.substring(0, text.length() - 1);
  }

  /**
   * Matches without recursion: on a mismatch the last star takes one character more. A star never
   * takes a slash, so an earlier one never has to take more.
   */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int star = -1;
    int resume = 0;
    int t = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (wanted == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (wanted == text.charAt(t) || wanted == '?' && text.charAt(t) != '/')) {
        p++;
        t++;
      } else if (star >= 0 && text.charAt(resume) != '/') {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
