package org.wasmservlet.core.module;

/**
 * Text that a module brings along, or that quotes one: a name may have as many bytes as the module,
 * and what a message, a backtrace or a log takes of it must not grow with it.
 */
final class ModuleText {
  static final int NAME_AT_MOST = 120;
  static final int MESSAGE_AT_MOST = 600;

  private ModuleText() {}

  /** The beginning of a name; the whole of a usual one. */
  static String name(String name) {
    return beginning(name, NAME_AT_MOST);
  }

  /** The beginning of what the engine says of a module. */
  static String message(String message) {
    return beginning(message, MESSAGE_AT_MOST);
  }

  private static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // No half of a character.
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "...";
  }
}
