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
}
