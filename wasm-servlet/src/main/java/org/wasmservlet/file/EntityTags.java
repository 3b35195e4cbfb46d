package org.wasmservlet.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entity tags of If-Match and If-None-Match (RFC 9110, sections 8.8.3, 13.1.1, 13.1.2).
 */
final class EntityTags {
  static final String ANY = "*";

  private EntityTags() {}

  /**
   * Splits a list. A tag may have commas of its own.
   *
   * @return the tags with their quotes, or {@value #ANY}; what is no tag is left out
   */
  static List<String> parse(String list) {
    List<String> tags = new ArrayList<>();
    if (list.strip().equals(ANY)) {
      tags.add(ANY);
      return tags;
    }
    int open = list.indexOf('"');
    while (open >= 0) {
      int close = list.indexOf('"', open + 1);
      if (close < 0) {
        break;
      }
      boolean weak = list.startsWith(Validators.WEAK, open - Validators.WEAK.length());
      tags.add((weak ? Validators.WEAK : "") + list.substring(open, close + 1));
      open = list.indexOf('"', close + 1);
    }
    return tags;
  }
}
