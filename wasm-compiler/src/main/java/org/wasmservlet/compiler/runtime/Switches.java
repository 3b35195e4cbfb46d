package org.wasmservlet.compiler.runtime;

import java.lang.invoke.MethodHandles;

/** Branch tables too long, or with too many distinct targets, for a switch in the method. */
public final class Switches {
  private Switches() {}

  /**
   * Bootstrap of a table constant: every entry is two chars of the strings, high half first.
   *
   * @param lookup not used
   * @param name not used
   * @param type int[]
   * @param parts the encoded entries
   * @return the table
   */
  public static int[] table(
      MethodHandles.Lookup lookup, String name, Class<?> type, String... parts) {
    String all = String.join("", parts);
    int[] table = new int[all.length() / 2];
    for (int i = 0; i < table.length; i++) {
      table[i] = all.charAt(2 * i) << 16 | all.charAt(2 * i + 1);
    }
    return table;
  }

  /**
   * The entry of an index; the last one for all that is past the table.
   *
   * @param index unsigned
   * @param table at least one entry
   * @return the entry
   */
  public static int target(int index, int[] table) {
    int last = table.length - 1;
    return table[index >= 0 && index < last ? index : last];
  }
}
