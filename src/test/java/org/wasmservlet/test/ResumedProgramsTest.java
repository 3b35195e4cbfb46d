package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.core.FreezeAt;
import org.wasmservlet.core.FrozenProgram;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.ModuleUse;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.PreparedModules;
import org.wasmservlet.core.ProgramFreezer;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.test.container.Sample;

/**
 * An interpreter that was frozen where it opens its script runs any script that is there when it
 * goes on, and that prints what it prints on wasmtime: see {@link RealProgramsTest}.
 */
class ResumedProgramsTest {
  private static final Path PROGRAMS = Path.of("programs").toAbsolutePath();

  /** As in {@link RealProgramsTest}. */
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path scripts;

  @ParameterizedTest
  @CsvSource({
    "php, php-cgi-8.2.0.wasm, -q",
    "python, python-3.11.3.wasm, -B",
    "ruby, ruby-3.2.0.wasm, --disable-gems",
  })
  void scriptsPrintWhatTheyPrintElsewhere(String language, String module, String option)
      throws Exception {
    Path file = Sample.loadedToFreeze(module);
    Path home = file.resolveSibling("python-3.11.3/usr/local");
    try (WasmModule loaded =
        ModuleCache.shared().load(file, ModuleUse.usual().toBeFrozen(), PreparedModules.none())) {
      WasmConfig config =
          WasmConfig.builder(loaded)
              .argument(option)
              .argument("/scripts/script")
              .environment("HOME", "/")
              .environment("PYTHONHOME", "/usr/local")
              .preopen("/scripts", scripts, Preopen.Access.READ_ONLY)
              .preopen("/usr/local", home, Preopen.Access.READ_ONLY)
              .limits(WasmLimits.DEFAULT.withTimeout(LONG))
              .build();
      Files.writeString(scripts.resolve("script"), "is not run");
      ByteArrayOutputStream early = new ByteArrayOutputStream();
      try (FrozenProgram frozen =
          ProgramFreezer.of(config, FreezeAt.opening("/scripts/script")).stderr(early).freeze()) {
        assertThat(early.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(frozen.earlyOutputBytes()).isZero();
        assertThat(frozen.stackDepth()).isGreaterThan(1);
        for (Path script : scriptsIn(language)) {
          Files.copy(script, scripts.resolve("script"), StandardCopyOption.REPLACE_EXISTING);
          check(frozen, script);
        }
      }
    }
  }

  private static List<Path> scriptsIn(String language) {
    String extension = language.equals("php") ? ".php" : language.equals("ruby") ? ".rb" : ".py";
    Path folder = PROGRAMS.resolve(language);
    return List.of(folder.resolve("text" + extension), folder.resolve("values" + extension));
  }

  private static void check(FrozenProgram frozen, Path script) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Outcome outcome = WasmExecution.of(frozen).stdout(out).stderr(err).run();
    assertThat(List.of(outcome, err.toString(StandardCharsets.UTF_8)))
        .isEqualTo(List.of(new Outcome.Success(), ""));
    byte[] expected = Files.readAllBytes(script.resolveSibling(script.getFileName() + ".out"));
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .isEqualTo(new String(expected, StandardCharsets.UTF_8).lines().toList());
    assertThat(out.toByteArray()).isEqualTo(expected);
  }
}
