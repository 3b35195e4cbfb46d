package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.types.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Values in the test suite's JSON: arguments, and what results are to be. */
final class SpecValues {
  private SpecValues() {}

  /** Raw bits, of a vector two numbers. */
  static long[] bits(List<Object> values) {
    return values.stream().flatMapToLong(value -> LongStream.of(bits(map(value)))).toArray();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static long[] bits(Map<String, Object> value) {
    if (!isVector(value)) {
      return new long[] {number((String) value.get("type"), (String) value.get("value"))};
    }
    String lane = (String) value.get("lane_type");
    List<Object> lanes = list(value.get("value"));
    long[] halves = new long[2];
    int width = 128 / lanes.size();
    for (int i = 0; i < lanes.size(); i++) {
      long bits = number(lane, (String) lanes.get(i));
      halves[i * width / 64] |= width == 64 ? bits : (bits & (1L << width) - 1) << i * width % 64;
    }
    return halves;
  }

  private static boolean isVector(Map<String, Object> value) {
    return "v128".equals(value.get("type"));
  }

  private static long number(String type, String text) {
    if (text.equals("null")) {
      return Value.REF_NULL_VALUE;
    }
    switch (type) {
      case "i64":
      case "f64":
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
      case "i8":
      case "i16":
        return Long.parseLong(text);
      default:
        return (int) Long.parseLong(text);
    }
  }

  /** Whether results are as they are to be. */
  static boolean match(List<Object> expected, long[] results) {
    int at = 0;
    for (Object each : expected) {
      Map<String, Object> value = map(each);
      int size = size(value);
      if (at + size > results.length || !matches(value, results, at)) {
        return false;
      }
      at += size;
    }
    return at == results.length;
  }

  private static int size(Map<String, Object> value) {
    if (value.containsKey("values")) {
      return size(map(list(value.get("values")).get(0)));
    }
    return isVector(value) ? 2 : 1;
  }

  private static boolean matches(Map<String, Object> expected, long[] results, int at) {
    if (expected.containsKey("values")) {
      // Either of several.
      return list(expected.get("values")).stream().anyMatch(one -> matches(map(one), results, at));
    }
    if (!isVector(expected)) {
      return matches((String) expected.get("type"), (String) expected.get("value"), results[at]);
    }
    List<Object> lanes = list(expected.get("value"));
    int width = 128 / lanes.size();
    for (int i = 0; i < lanes.size(); i++) {
      long half = results[at + i * width / 64] >>> i * width % 64;
      long lane = width == 64 ? half : half & (1L << width) - 1;
      if (!matches((String) expected.get("lane_type"), (String) lanes.get(i), lane)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String type, String text, long actual) {
    switch (type) {
      case "i8":
        return (byte) actual == (byte) number(type, text);
      case "i16":
        return (short) actual == (short) number(type, text);
      case "f32":
        if ("nan:canonical".equals(text)) {
          return ((int) actual & 0x7FFFFFFF) == 0x7FC00000;
        }
        if ("nan:arithmetic".equals(text)) {
          return ((int) actual & 0x7FC00000) == 0x7FC00000;
        }
        return (int) actual == (int) number(type, text);
      case "f64":
        if ("nan:canonical".equals(text)) {
          return (actual & Long.MAX_VALUE) == 0x7FF8000000000000L;
        }
        if ("nan:arithmetic".equals(text)) {
          return (actual & 0x7FF8000000000000L) == 0x7FF8000000000000L;
        }
        return actual == number(type, text);
      case "i64":
        return actual == number(type, text);
      case "refnull":
        return (int) actual == Value.REF_NULL_VALUE;
      default:
        if (text == null) {
          return (int) actual != Value.REF_NULL_VALUE;
        }
        return (int) actual == (int) number(type, text);
    }
  }
}
