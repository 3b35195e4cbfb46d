package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The code of a module with a large memory marks what it writes to. Nothing that is written may
 * stay for the next instance, and nothing may be lost when the memory grows.
 */
class MarkedWritesTest {
  private static final int PAGE = 65_536;
  private static final WasmModule MODULE = Guests.module("writes");

  private final CompiledCode code = WasmCompiler.create().compile(MODULE);
  private final CompiledCode split = WasmCompiler.create().withChunkBytes(100).compile(MODULE);

  /** Not compiled by us, so that nothing is moved and nothing recycled. */
  private final byte[] initial = bytes(Instance.builder(MODULE).build());

  private record Write(String how, int at, long value) {
    void to(Instance instance) {
      try {
        instance.export(how).apply(at, value);
      } catch (ChicoryException e) {
        // Where the address is beyond the end, it is beyond for all.
      }
    }
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    Arbitrary<String> hows =
        Arbitraries.of(
            "near", "far", "computed", "fixed", "many", "either", "moved", "bulk", "grow");
    Arbitrary<Integer> addresses =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 260 * PAGE),
            Arbitraries.integers().between(0, 300).map(block -> block * 1024 - 4),
            Arbitraries.integers());
    return Combinators.combine(hows, addresses, Arbitraries.longs()).as(Write::new).list();
  }

  /** One guest after the other: each finds what those before it have left. */
  @Property(tries = 60)
  void doWhatTheyDoWithoutMarks(
      @ForAll("writes") List<Write> first, @ForAll("writes") List<Write> second) {
    for (List<Write> writes : List.of(first, second, first)) {
      Instance interpreted = Instance.builder(MODULE).build();
      writes.forEach(write -> write.to(interpreted));
      byte[] expected = bytes(interpreted);
      for (CompiledCode each : List.of(code, split)) {
        Instance instance = each.builder().build();
        assertThat(bytes(instance)).isEqualTo(initial);
        writes.forEach(write -> write.to(instance));
        assertThat(bytes(instance)).isEqualTo(expected);
        Guests.close(instance);
      }
    }
    for (CompiledCode each : List.of(code, split)) {
      Instance next = each.builder().build();
      assertThat(bytes(next)).isEqualTo(initial);
      Guests.close(next);
    }
  }

  @Example
  void ofTheHostCountToo() {
    for (int at : new int[] {0, 1020, 1023, 5 * 1024, 256 * PAGE - 8}) {
      Instance instance = code.builder().build();
      instance.memory().writeLong(at, -1);
      Guests.close(instance);
      Instance next = code.builder().build();
      next.memory().write(at, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 8);
      next.export("grow").apply(0, 0);
      assertThat(next.memory().readLong(at)).isEqualTo(0x0807060504030201L);
      Guests.close(next);
      Instance last = code.builder().build();
      assertThat(bytes(last)).isEqualTo(initial);
      Guests.close(last);
    }
  }

  @Example
  void ofAModuleThatDoesNotMarkAreFoundToo() {
    WasmModule importing = Guests.module("shared");
    Instance owner = code.builder().build();
    Instance writer =
        WasmCompiler.create()
            .compile(importing)
            .builder()
            .withImportValues(
                ImportValues.builder()
                    .addMemory(new ImportMemory("env", "memory", owner.memory()))
                    .addFunction(FactoriesTest.twice((caller, arguments) -> arguments))
                    .build())
            .build();
    writer.export("store_twice").apply(123_456, 5);
    assertThat(owner.memory().readInt(123_456)).isEqualTo(5);
    Guests.close(owner);
    Instance next = code.builder().build();
    assertThat(bytes(next)).isEqualTo(initial);
    Guests.close(next);
  }

  private static byte[] bytes(Instance instance) {
    return instance.memory().readBytes(0, instance.memory().pages() * PAGE);
  }
}
