package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Generated classes go when the module goes. */
class ClassUnloadingTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void happensOnceNobodyHasTheModuleOrAnInstance() throws InterruptedException {
    CompiledCode code = WasmCompiler.create().compile(Guests.module("caller"));
    ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    WeakReference<ClassLoader> loader = new WeakReference<>(loaderOf(code), queue);
    System.gc();
    assertThat(loader.get()).isNotNull();
    Instance instance = instance(code, () -> {});
    code = null;
    System.gc();
    assertThat(loader.get()).isNotNull();
    assertThat(instance.export("call").apply()).isNullOrEmpty();
    instance = null;
    long end = System.nanoTime() + LONG.toNanos();
    Reference<?> collected = null;
    while (collected == null && System.nanoTime() < end) {
      System.gc();
      collected = queue.remove(100);
    }
    assertThat(collected).isSameAs(loader);
  }

  private static ClassLoader loaderOf(CompiledCode code) {
    AtomicReference<ClassLoader> found = new AtomicReference<>();
    Runnable look =
        () ->
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .forEach(
                    frame -> {
                      if (CompiledCode.functionIndex(frame.toStackTraceElement()).isPresent()) {
                        found.set(frame.getDeclaringClass().getClassLoader());
                      }
                    });
    instance(code, look).export("call").apply();
    return found.get();
  }

  private static Instance instance(CompiledCode code, Runnable look) {
    HostFunction function =
        new HostFunction(
            "host",
            "look",
            FunctionType.empty(),
            (caller, arguments) -> {
              look.run();
              return null;
            });
    return code.builder()
        .withImportValues(ImportValues.builder().addFunction(function).build())
        .build();
  }
}
