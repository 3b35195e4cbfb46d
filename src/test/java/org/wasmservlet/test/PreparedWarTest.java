package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** A WAR that was prepared by the command compiles nothing, not even at its first start. */
@Timeout(120)
class PreparedWarTest {
  @OnEveryContainer
  void compilesNothing(Container container) throws Exception {
    Path war =
        new WebApp()
            .file("WEB-INF/hello.wasm", Guests.core("hello"))
            .servlet("hello", "/hello", "WasmModule", "WEB-INF/hello.wasm", "WasmCacheDir", "Off")
            .packed();
    assertThat(prepare(war.toString())).contains("/WEB-INF/hello.wasm: 4 functions");
    assertThat(prepare(war.toString())).contains("/WEB-INF/hello.wasm: is prepared");
    TestServer server = container.startOwn();
    try (LogCapture log = new LogCapture()) {
      server.deploy("/prepared", war, true);
      assertThat(RawHttp.get(server.port(), "/prepared/hello").body()).isEqualTo("hello\n");
      assertThat(log.messages())
          .anyMatch(m -> m.contains("loaded from a prepared module"))
          .noneMatch(m -> m.contains("compiled in"));
    } finally {
      server.stop();
    }
  }

  private static String prepare(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 3];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-jar";
    command[2] = commandLineJar().toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static Path commandLineJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../wasm-compiler/target"))) {
      return files.filter(file -> file.toString().endsWith("-cli.jar")).findFirst().orElseThrow();
    }
  }
}
