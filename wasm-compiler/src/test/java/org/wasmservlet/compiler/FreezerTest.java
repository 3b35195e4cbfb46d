package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that was frozen in any call of the host goes on as if it had not been. */
class FreezerTest {
  private static final int TURNS = 12;
  private static final byte[] BINARY = Guests.binary("freezes");

  @ParameterizedTest
  @EnumSource
  void goesOnAfterEveryCallOfTheHost(Chunks chunks) throws Exception {
    CompiledCode code = chunks.compiler().compile(ModuleParser.parse(BINARY));
    Freezer freezer = chunks.compiler().freezer(code, BINARY);
    FreezingGuest whole = new FreezingGuest();
    Instance unfrozen = code.builder().withImportValues(whole.imports()).build();
    List<String> expected = FreezingGuest.seen(unfrozen, unfrozen.export("run").apply(TURNS));
    int calls = whole.calls.size();
    assertThat(calls).isGreaterThan(30);
    for (int call = 0; call < calls; call++) {
      int at = call;
      List<String> before = new ArrayList<>();
      FrozenInstance frozen =
          freezer.freeze(
              MemoryLimiter.UNLIMITED,
              (builder, point) -> {
                FreezingGuest guest = new FreezingGuest(at, point);
                before.clear();
                try {
                  builder.withImportValues(guest.imports()).build().export("run").apply(TURNS);
                } finally {
                  before.addAll(guest.calls);
                }
              });
      for (int time = 0; time < 2; time++) {
        FreezingGuest guest = new FreezingGuest();
        Instance instance =
            frozen.builder(MemoryLimiter.UNLIMITED).withImportValues(guest.imports()).build();
        long[] results = frozen.resume(instance);
        assertThat(FreezingGuest.seen(instance, results)).as("call %d", at).isEqualTo(expected);
        List<String> all = new ArrayList<>(before);
        all.addAll(guest.calls);
        assertThat(all).as("call %d", at).isEqualTo(whole.calls);
        Guests.close(instance);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFrozenAgainAfterEachCallThatItGoesOnTo(Chunks chunks) throws Exception {
    CompiledCode code = chunks.compiler().compile(ModuleParser.parse(BINARY));
    Freezer freezer = chunks.compiler().freezer(code, BINARY);
    FreezingGuest whole = new FreezingGuest();
    Instance unfrozen = code.builder().withImportValues(whole.imports()).build();
    List<String> expected = FreezingGuest.seen(unfrozen, unfrozen.export("run").apply(TURNS));
    List<String> calls = new ArrayList<>();
    FrozenInstance frozen =
        freezer.freeze(
            MemoryLimiter.UNLIMITED,
            (builder, point) ->
                builder
                    .withImportValues(new FreezingGuest(0, point).imports())
                    .build()
                    .export("run")
                    .apply(TURNS));
    // Each from the last one: the functions that wait have been frozen more and more often.
    while (calls.size() < whole.calls.size() - 1) {
      List<String> asked = new ArrayList<>();
      frozen =
          freezer.freezeAgain(
              frozen,
              MemoryLimiter.UNLIMITED,
              (builder, point) -> {
                FreezingGuest guest = new FreezingGuest(1, point);
                asked.clear();
                try {
                  point.resume(builder.withImportValues(guest.imports()).build());
                } finally {
                  asked.addAll(guest.calls);
                }
              });
      calls.addAll(asked);
    }
    FreezingGuest guest = new FreezingGuest();
    Instance instance =
        frozen.builder(MemoryLimiter.UNLIMITED).withImportValues(guest.imports()).build();
    assertThat(FreezingGuest.seen(instance, frozen.resume(instance))).isEqualTo(expected);
    calls.addAll(guest.calls);
    assertThat(calls).isEqualTo(whole.calls);
  }
}
