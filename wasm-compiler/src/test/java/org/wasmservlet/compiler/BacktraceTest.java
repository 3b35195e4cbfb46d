package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java stack trace of a trap tells which functions of the module were called. */
class BacktraceTest {
  private static final List<String> DEEDS =
      List.of("unreachable", "outside", "by_zero", "mismatch", "overflow");

  @ParameterizedTest
  @EnumSource
  void namesTheFunctions(Chunks chunks) {
    WasmModule module = Guests.module("trap");
    CompiledCode code = chunks.compiler().compile(module);
    for (int deed = 0; deed < DEEDS.size(); deed++) {
      int argument = deed;
      ChicoryException trap =
          catchThrowableOfType(
              ChicoryException.class, () -> code.builder().build().export("trap").apply(argument));
      assertThat(functions(module, trap)).containsExactly(DEEDS.get(deed), "middle", "outer");
    }
  }

  /** The innermost first. */
  private static List<String> functions(WasmModule module, ChicoryException trap) {
    Throwable innermost = trap.getCause() == null ? trap : trap.getCause();
    List<String> names = new ArrayList<>();
    for (StackTraceElement element : innermost.getStackTrace()) {
      OptionalInt index = CompiledCode.functionIndex(element);
      if (index.isPresent()) {
        names.add(module.nameSection().nameOfFunction(index.getAsInt()));
      }
    }
    return names;
  }
}
