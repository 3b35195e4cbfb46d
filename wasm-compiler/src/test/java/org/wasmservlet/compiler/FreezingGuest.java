package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** The host of {@code freezes.wat}: what it answers depends on what it is asked alone. */
class FreezingGuest {
  /** What it was asked, in order. */
  final List<String> calls = new ArrayList<>();

  /** The call in which to freeze, or -1. */
  private final int freezeAt;

  private final FreezePoint point;

  FreezingGuest(int freezeAt, FreezePoint point) {
    this.freezeAt = freezeAt;
    this.point = point;
  }

  /** One that freezes nothing. */
  FreezingGuest() {
    this(-1, null);
  }

  /** What is done in that call. */
  void freeze() {
    throw point.freeze();
  }

  ImportValues imports() {
    return ImportValues.builder()
        .addFunction(
            function("f", List.of(ValType.I32), List.of(ValType.I32)),
            function("many", List.of(ValType.I32), List.of(ValType.I32, ValType.F64)),
            function("quiet", List.of(), List.of()))
        .build();
  }

  private HostFunction function(String name, List<ValType> parameters, List<ValType> results) {
    LongUnaryOperator answer = asked -> (int) (asked * 31 + 7);
    return new HostFunction(
        "h",
        name,
        FunctionType.of(parameters, results),
        (instance, arguments) -> {
          if (calls.size() == freezeAt) {
            freeze();
          }
          calls.add(name + Arrays.toString(arguments));
          if (results.isEmpty()) {
            return null;
          }
          long first = answer.applyAsLong(arguments[0]);
          return results.size() == 1
              ? new long[] {first}
              : new long[] {first, Double.doubleToRawLongBits(first / 3.0)};
        });
  }

  /** Results and all state. */
  static List<String> seen(Instance instance, long[] results) {
    List<String> seen = new ArrayList<>();
    seen.add(Arrays.toString(results));
    seen.add("global " + instance.exports().global("g").getValue());
    byte[] memory = instance.memory().readBytes(0, instance.memory().pages() << 16);
    seen.add("memory " + memory.length + " " + Arrays.hashCode(memory));
    for (String table : List.of("t", "u")) {
      StringBuilder references = new StringBuilder(table);
      for (int i = 0; i < instance.exports().table(table).size(); i++) {
        references.append(' ').append(instance.exports().table(table).ref(i));
      }
      seen.add(references.toString());
    }
    return seen;
  }
}
