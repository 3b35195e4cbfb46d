package org.wasmservlet.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.test.container.Guests;

/** The server in one jar starts whole or not at all, and says why. */
@Timeout(300)
class StartingTest {
  private static final String PROBE = Guests.probeFile().toString();

  @TempDir private Path folder;

  @Test
  void helpTellsEveryOption() throws Exception {
    ServerProcess.Ended help = ServerProcess.run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .contains("MODULE.wasm", "-f", "--webapp", "--root", "--write", "--map-dir", "--env")
        .contains("--arg", "--directive", "--port", "--address", "--tls-certificate", "--tls-key")
        .contains("--access-log", "--cache", "--status", "--stop-timeout", "--check", "--version")
        .contains("Exit codes: 0");
  }

  @Test
  void aMistakeOnTheCommandLineIsNamed() throws Exception {
    ServerProcess.Ended ended = ServerProcess.run(PROBE, "--ports", "8080");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("wasm-server: command line: --ports: no such option; did you mean --port")
        .contains("Nothing was started");
  }

  @Test
  void aPortThatIsTakenIsNamedBeforeAnythingIsLoaded() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ServerProcess.Ended ended =
          ServerProcess.run(PROBE, "--port", Integer.toString(taken.getLocalPort()));
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err())
          .contains("--port '" + taken.getLocalPort() + "': cannot listen: ")
          .doesNotContain("loads", "\tat ");
    }
  }

  @Test
  void aModuleThatIsNoneIsNamedWithItsOrigin() throws Exception {
    Path text = Files.writeString(folder.resolve("page.wasm"), "not a module");
    ServerProcess.Ended ended = ServerProcess.run(text.toString(), "--port", "0");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("wasm-server: command line: MODULE.wasm: ", "not a WebAssembly module")
        .doesNotContain("\tat ");
  }

  @Test
  void aLineOfAConfigurationFileIsNamed() throws Exception {
    Path file = folder.resolve("wasm.conf");
    Files.writeString(file, "<Location /a>\n  WasmTimeot 5s\n</Location>\n");
    ServerProcess.Ended unknown = ServerProcess.run("-f", file.toString(), "--port", "0");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("wasm-server: " + file + ":2: WasmTimeot", "did you mean WasmTimeout?")
        .doesNotContain("\tat ");
    Files.writeString(
        file, "<Location /a>\n  SetHandler wasm-handler\n  WasmModule nowhere.wasm\n</Location>\n");
    ServerProcess.Ended missing = ServerProcess.run("-f", file.toString(), "--port", "0");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err())
        .contains("wasm-server: " + file + ":1: servlet '/a': WasmModule 'nowhere.wasm'")
        .doesNotContain("\tat ");
  }

  @Test
  void aCheckListensNowhereAndEnds() throws Exception {
    ServerProcess.Ended ended = ServerProcess.run(PROBE, "--check");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).isEqualTo("Nothing is wrong: it would start.\n");
  }

  @Test
  void whatHasBeenCompiledIsNotCompiledAgain() throws Exception {
    Path cache = folder.resolve("cache");
    assertThat(ServerProcess.run(PROBE, "--check", "--cache", cache.toString()).err())
        .contains("compiled in");
    assertThat(ServerProcess.run(PROBE, "--check", "--cache", cache.toString()).err())
        .contains("loaded from a prepared module");
  }
}
