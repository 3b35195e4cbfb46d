package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads run instances of one compiled module; each instance has all for itself. */
class ThreadsTest {
  private static final int THREADS = 8;
  private static final int RUNS = 40;
  private static final int TURNS = 3_500;

  @ParameterizedTest
  @EnumSource
  void getWhatOneThreadWouldGet(Chunks chunks) throws Exception {
    WasmModule module = Guests.module("mix");
    long[] expected = new long[THREADS];
    for (int seed = 0; seed < THREADS; seed++) {
      // By the interpreter.
      expected[seed] = mix(Instance.builder(module).build(), seed);
    }
    CompiledCode code = chunks.compiler().compile(module);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        threads.add(
            executor.submit(
                () -> {
                  // All find the module fresh: classes and entries are made by whoever is first.
                  start.await();
                  for (int run = 0; run < RUNS; run++) {
                    int seed = (first + run) % THREADS;
                    Instance instance = code.builder().build();
                    assertThat(mix(instance, seed)).isEqualTo(expected[seed]);
                    if (run % 2 == 0) {
                      // Its memory is the next one's, whichever thread that is on.
                      Guests.close(instance);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> thread : threads) {
        thread.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static long mix(Instance instance, int seed) {
    return instance.export("mix").apply(seed, TURNS)[0];
  }
}
