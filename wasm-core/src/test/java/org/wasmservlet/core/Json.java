package org.wasmservlet.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON that test suites describe their tests in. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Reads an object; numbers become {@code Long}, arrays and objects lists and maps. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) new Json(text).value();
  }

  private Object value() {
    switch (next()) {
      case '{' -> {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
          String name = string();
          expect(':');
          object.put(name, value());
          skip(',');
        }
        at++;
        return object;
      }
      case '[' -> {
        List<Object> array = new ArrayList<>();
        at++;
        while (next() != ']') {
          array.add(value());
          skip(',');
        }
        at++;
        return array;
      }
      case '"' -> {
        return string();
      }
      default -> {
        int start = at;
        while (at < text.length() && "-0123456789truefalsn".indexOf(text.charAt(at)) >= 0) {
          at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
          case "true" -> true;
          case "false" -> false;
          case "null" -> null;
          default -> Long.valueOf(word);
        };
      }
    }
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        c = text.charAt(at++);
        switch (c) {
          case 'n' -> c = '\n';
          case 't' -> c = '\t';
          case 'r' -> c = '\r';
          case 'u' -> {
            c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
          }
          default -> {}
        }
      }
      string.append(c);
    }
    at++;
    return string.toString();
  }

  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (next() != c) {
      throw new IllegalArgumentException("no " + c + " at " + at + " of " + text);
    }
    at++;
  }

  private void skip(char c) {
    if (next() == c) {
      at++;
    }
  }
}
