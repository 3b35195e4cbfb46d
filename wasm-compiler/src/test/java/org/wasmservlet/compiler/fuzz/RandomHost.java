package org.wasmservlet.compiler.fuzz;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;
import java.util.List;

/**
 * The host of a module that calls it all the time. What it answers, and what it changes of the
 * instance, depends on all that it has been asked: so a call too many, too few or of something else
 * is seen.
 */
final class RandomHost {
  private static final int MOST_PAGES = 3;

  private final RandomModule module;
  private long state;

  RandomHost(RandomModule module) {
    this.module = module;
  }

  /** It has been asked what another one has been asked. */
  void become(RandomHost other) {
    state = other.state;
  }

  /** Stands for all that it has been asked. */
  long state() {
    return state;
  }

  long[] answer(Instance instance, int function, long... arguments) {
    Types.Signature signature = module.signature(function);
    mix(function);
    List<Integer> parameters = Types.passed(signature.parameters());
    for (int i = 0; i < arguments.length; i++) {
      mix(Types.bits(parameters.get(i), arguments[i]));
    }
    long now = state;
    // They are the host's.
    Arrays.fill(arguments, now);
    change(instance, now);
    List<Integer> types = Types.passed(signature.results());
    long[] results = new long[types.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = value(types.get(i), now * (2L * i + 1));
    }
    return results;
  }

  private void mix(long value) {
    state = (state ^ value) * 0x9E3779B97F4A7C15L;
    state ^= state >>> 29;
  }

  private long value(int type, long random) {
    int small = (int) (random >>> 40);
    return switch (type) {
      case Types.I32 -> (small >> (random & 15)) & 0xFFFFFFFFL;
      case Types.I64 -> random >> (random & 63);
      case Types.F32 -> Float.floatToIntBits(small * 0.5f);
      case Types.F64 -> Double.doubleToLongBits(small * 0.25);
      case Types.FUNC ->
          (random & 3) == 0 ? Value.REF_NULL_VALUE : Math.floorMod(small, module.functions());
      default -> (random & 3) == 0 ? Value.REF_NULL_VALUE : small & 1023;
    };
  }

  private void change(Instance instance, long random) {
    switch ((int) (random >>> 32) & 31) {
      case 0, 1 -> instance.memory().writeLong((int) random & 0xFFF, random);
      case 2 -> global(instance, 2, random);
      case 3 -> global(instance, 3, random);
      case 4 -> global(instance, 4, random);
      case 5 -> global(instance, 5, random);
      case 6 -> global(instance, 10, random);
      case 7 -> table(instance, 1, Types.FUNC, random);
      case 8 -> table(instance, 2, Types.EXTERN, random);
      case 9 -> {
        if (instance.memory().pages() < MOST_PAGES) {
          instance.memory().grow(1);
        }
      }
      case 10 -> {
        long fuel = instance.exports().global("g" + RandomModule.FUEL_GLOBAL).getValue();
        if ((int) fuel > 0) {
          mix(instance.export("f0").apply()[0]);
        }
      }
      default -> {}
    }
  }

  private void global(Instance instance, int global, long random) {
    int type = module.global(global);
    instance.exports().global("g" + global).setValue(value(type, random));
  }

  private void table(Instance instance, int table, int type, long random) {
    int place = (int) random & RandomModule.TABLE - 1;
    instance.exports().table("t" + table).setRef(place, (int) value(type, random), instance);
  }
}
