package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.core.ModuleCache;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.Preopen;
import org.wasmservlet.core.WasmConfig;
import org.wasmservlet.core.WasmExecution;
import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.core.WasmModule;
import org.wasmservlet.test.container.Sample;

/**
 * Scripts print what they print on wasmtime, byte for byte: the file of the same name that ends in
 * {@code .out}, which programs/README.md tells how to make.
 */
class RealProgramsTest {
  private static final Path PROGRAMS = Path.of("programs").toAbsolutePath();

  /**
   * They run once, before HotSpot has compiled much, perhaps on a machine that does other things.
   */
  private static final Duration LONG = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({
    "php/text.php, php-cgi-8.2.0.wasm, -q",
    "php/values.php, php-cgi-8.2.0.wasm, -q",
    "python/text.py, python-3.11.3.wasm, -B",
    "python/values.py, python-3.11.3.wasm, -B",
    "ruby/text.rb, ruby-3.2.0.wasm, --disable-gems",
    "ruby/values.rb, ruby-3.2.0.wasm, --disable-gems",
  })
  void scriptPrintsWhatItPrintsElsewhere(String script, String module, String option)
      throws IOException {
    Path file = Sample.loadedModule(module);
    Path home = file.resolveSibling("python-3.11.3/usr/local");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (WasmModule loaded = ModuleCache.shared().load(file)) {
      WasmConfig config =
          WasmConfig.builder(loaded)
              .argument(option)
              .argument("/scripts/" + script)
              .environment("HOME", "/")
              .environment("PYTHONHOME", "/usr/local")
              .preopen("/scripts", PROGRAMS, Preopen.Access.READ_ONLY)
              .preopen("/usr/local", home, Preopen.Access.READ_ONLY)
              .limits(WasmLimits.DEFAULT.withTimeout(LONG))
              .build();
      Outcome outcome = WasmExecution.of(config).stdout(out).stderr(err).run();
      assertThat(List.of(outcome, err.toString(StandardCharsets.UTF_8)))
          .isEqualTo(List.of(new Outcome.Success(), ""));
    }
    byte[] expected = Files.readAllBytes(PROGRAMS.resolve(script + ".out"));
    assertThat(lines(out.toByteArray())).isEqualTo(lines(expected));
    assertThat(out.toByteArray()).isEqualTo(expected);
  }

  /** For a failure that a person can read. */
  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }
}
