package org.wasmservlet.directive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Splits a line into words as httpd's configuration does: blanks separate words; a word that begins
 * with a double or single quote goes on to the next such quote; inside quotes a backslash before a
 * quote of that kind or before a backslash is dropped.
 *
 * <p>Unlike httpd, a quote that is not closed, or is closed in mid-word, is an error.
 */
public final class Words {
  private Words() {}

  /**
   * Splits a line.
   *
   * @param line without a line break
   * @return its words, none of them for a blank line
   * @throws IllegalArgumentException if a quote is out of place; the message says how
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    int at = skipBlanks(line, 0);
    while (at < line.length()) {
      StringBuilder word = new StringBuilder();
      char first = line.charAt(at);
      at =
          first == '"' || first == '\''
              ? readQuoted(line, at + 1, first, word)
              : readPlain(line, at, word);
      words.add(word.toString());
      at = skipBlanks(line, at);
    }
    return words;
  }

  /**
   * Makes a line that {@link #split} splits into the same words.
   *
   * @param words without line breaks
   * @return the words, in quotes where they need them
   */
  public static String join(List<String> words) {
    return words.stream().map(Words::quotedIfNeeded).collect(Collectors.joining(" "));
  }

  private static String quotedIfNeeded(String word) {
    boolean plain =
        !word.isEmpty()
            && "\"'#".indexOf(word.charAt(0)) < 0
            && word.chars().noneMatch(c -> Character.isWhitespace(c) || isBlank((char) c));
    return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static int readPlain(String line, int start, StringBuilder word) {
    int at = start;
    while (at < line.length() && !isBlank(line.charAt(at))) {
      word.append(line.charAt(at++));
    }
    return at;
  }

  private static int readQuoted(String line, int start, char quote, StringBuilder word) {
    int at = start;
    while (at < line.length() && line.charAt(at) != quote) {
      boolean escape =
          line.charAt(at) == '\\'
              && at + 1 < line.length()
              && (line.charAt(at + 1) == quote || line.charAt(at + 1) == '\\');
      if (escape) {
        at++;
      }
      word.append(line.charAt(at++));
    }
    if (at == line.length()) {
      throw new IllegalArgumentException("a quote (" + quote + ") is not closed");
    }
    at++;
    if (at < line.length() && !isBlank(line.charAt(at))) {
      throw new IllegalArgumentException("no blank after the closing quote (" + quote + ")");
    }
    return at;
  }

  private static int skipBlanks(String line, int start) {
    int at = start;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
  }
}
