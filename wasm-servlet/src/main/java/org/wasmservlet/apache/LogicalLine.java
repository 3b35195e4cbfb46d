package org.wasmservlet.apache;

import java.util.ArrayList;
import java.util.List;

/**
 * A line with those that continue it.
 *
 * @param number of its first line, from 1
 * @param text without the blanks around it
 */
record LogicalLine(int number, String text) {

  /**
   * Divides a text as httpd does: a backslash at the very end of a line continues it on the next,
   * in a comment too. Blank lines and comments are left out.
   */
  static List<LogicalLine> of(String text) {
    List<LogicalLine> lines = new ArrayList<>();
    StringBuilder joined = new StringBuilder();
    int number = 0;
    int first = 1;
    String[] physical = text.split("\r?\n", -1);
    for (String line : physical) {
      number++;
      boolean continues = line.endsWith("\\") && number < physical.length;
      joined.append(line, 0, continues ? line.length() - 1 : line.length());
      if (!continues) {
        String stripped = joined.toString().strip();
        if (!stripped.isEmpty() && !stripped.startsWith("#")) {
          lines.add(new LogicalLine(first, stripped));
        }
        joined.setLength(0);
        first = number + 1;
      }
    }
    return lines;
  }
}
