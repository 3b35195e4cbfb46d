package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What cannot be frozen is refused, with the reason; what goes wrong in a run is what it was. */
class FreezerRefusalTest {
  private static final WasmCompiler COMPILER = WasmCompiler.create();

  private final byte[] binary = Guests.binary("freezes");
  private final CompiledCode code = COMPILER.compile(ModuleParser.parse(binary));
  private final Freezer freezer = COMPILER.freezer(code, binary);

  private FrozenInstance freeze(String function, int at, long... arguments)
      throws NotFrozenException {
    return freeze(freezer, function, at, arguments);
  }

  private static FrozenInstance freeze(Freezer freezer, String function, int at, long... arguments)
      throws NotFrozenException {
    return freezer.freeze(
        MemoryLimiter.UNLIMITED,
        (builder, point) ->
            builder
                .withImportValues(new FreezingGuest(at, point).imports())
                .build()
                .export(function)
                .apply(arguments));
  }

  @Test
  void aFunctionThatMakesTailCallsIsNamed() {
    assertThatThrownBy(() -> freeze("tail", 0))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageMatching(".*function \\d+ \\(tail\\) makes tail calls");
  }

  @Test
  void aTailCallLeavesItsFunctionThere() {
    // The called function is on the stack of the one that has left: it makes the call.
    assertThatThrownBy(() -> freeze("tail", 1)).hasMessageContaining("makes tail calls");
  }

  @Test
  void aFunctionThatCatchesExceptionsIsNamed() {
    byte[] catching = Guests.binary("catches");
    CompiledCode compiled = COMPILER.compile(WasmBinary.parse(catching));
    assertThatThrownBy(() -> freeze(COMPILER.freezer(compiled, catching), "catching", 0))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageMatching(".*function \\d+ \\(catching\\) catches exceptions");
  }

  @Test
  void theProgramEndsBefore() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                freezer.freeze(MemoryLimiter.UNLIMITED, (builder, point) -> runs.incrementAndGet()))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageContaining("ended before");
    assertThat(runs).hasValue(1);
  }

  @Test
  void whatTheRunThrowsComesOut() {
    assertThatThrownBy(
            () ->
                freezer.freeze(
                    MemoryLimiter.UNLIMITED,
                    (builder, point) -> {
                      throw new java.io.IOException("no such file");
                    }))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("no such file");
  }

  @Test
  void anotherProgramsPointIsNoneOfThisOne() throws Exception {
    FreezePoint other = new FreezePoint(null);
    assertThatThrownBy(
            () ->
                freezer.freeze(
                    MemoryLimiter.UNLIMITED,
                    (builder, point) ->
                        builder
                            .withImportValues(new FreezingGuest(0, other).imports())
                            .build()
                            .export("run")
                            .apply(2)))
        .isInstanceOf(Error.class)
        .isSameAs(other.thrown());
  }

  @Test
  void aHostFunctionIsInTheMiddleOfTheStack() {
    byte[] caller = Guests.binary("freezes");
    assertThatThrownBy(
            () ->
                COMPILER
                    .freezer(code, caller)
                    .freeze(
                        MemoryLimiter.UNLIMITED,
                        (builder, point) -> {
                          FreezingGuest inner = new FreezingGuest(0, point);
                          builder
                              .withImportValues(callingBack(inner))
                              .build()
                              .export("run")
                              .apply(2);
                        }))
        .isInstanceOf(NotFrozenException.class)
        .hasMessageContaining("a host function that calls back");
  }

  /** The first call of the host calls a function that calls the host. */
  private static ImportValues callingBack(FreezingGuest inner) {
    ImportValues imports = inner.imports();
    HostFunction back =
        new HostFunction(
            "h",
            "f",
            FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
            (instance, arguments) -> {
              instance.export("trap").apply(0);
              return arguments;
            });
    boolean[] called = new boolean[1];
    HostFunction first =
        new HostFunction(
            "h",
            "f",
            FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
            (instance, arguments) -> {
              if (!called[0]) {
                called[0] = true;
                return back.handle().apply(instance, arguments);
              }
              return imports.function(0).handle().apply(instance, arguments);
            });
    return ImportValues.builder()
        .addFunction(first)
        .addFunction(imports.function(1))
        .addFunction(imports.function(2))
        .build();
  }

  @Test
  void anInstanceOfSomethingElseIsNotResumed() throws Exception {
    FrozenInstance frozen = freeze("run", 3, 5);
    Instance ordinary = code.builder().withImportValues(new FreezingGuest().imports()).build();
    assertThatThrownBy(() -> frozen.resume(ordinary)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasFrozenWithOtherCodeDoesNotGoOnHere() throws Exception {
    FrozenInstance frozen = freeze("run", 3, 5);
    CompiledCode twin = COMPILER.compile(ModuleParser.parse(binary));
    assertThatThrownBy(
            () ->
                COMPILER
                    .freezer(twin, binary)
                    .freezeAgain(frozen, MemoryLimiter.UNLIMITED, (builder, point) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatHasNotBeenFrozenDoesNotGoOn() {
    assertThatThrownBy(
            () ->
                freezer.freeze(
                    MemoryLimiter.UNLIMITED,
                    (builder, point) ->
                        point.resume(
                            builder.withImportValues(new FreezingGuest().imports()).build())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not been frozen before");
  }

  @Test
  void anInstanceIsResumedOnce() throws Exception {
    FrozenInstance frozen = freeze("run", 3, 5);
    Instance instance =
        frozen
            .builder(MemoryLimiter.UNLIMITED)
            .withImportValues(new FreezingGuest().imports())
            .build();
    frozen.resume(instance);
    assertThatThrownBy(() -> frozen.resume(instance)).isInstanceOf(IllegalStateException.class);
  }
}
