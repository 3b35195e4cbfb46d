package org.wasmservlet.directive;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what was meant by a name that is not known. */
public final class NearestName {
  private NearestName() {}

  /**
   * The name that differs least, in any case of its letters.
   *
   * @param wanted what was written
   * @param known one name or more
   * @return one of them
   */
  public static String of(String wanted, Collection<String> known) {
    String lowerCase = wanted.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(lowerCase, name.toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
