package org.wasmservlet.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.Protocol;
import org.wasmservlet.test.http.RawHttp;
import org.wasmservlet.test.http.RawResponse;

/** What the server in one jar serves. */
@Timeout(300)
class ServingTest {
  private static final String PROBE = Guests.probeFile().toString();

  @TempDir private Path folder;

  @Test
  void aModuleAloneAnswersEveryUrlOverBothVersionsOfHttp() throws Exception {
    Path log = folder.resolve("access.log");
    try (ServerProcess server =
        ServerProcess.start(
            PROBE, "--env", "GREETING=hello, \"world\"", "--access-log", log.toString())) {
      for (Protocol protocol : Protocol.values()) {
        RawResponse response = protocol.get(server.port(), "/any/where?env");
        assertThat(response.body()).contains("GREETING=hello, \"world\"", "PATH_INFO=/any/where");
        // Whose end is logged when the client has it.
        String line = "\"GET /any/where?env " + protocol.serversName() + "\" 200 ";
        Polling.await(Duration.ofMinutes(1), line, () -> Files.readString(log).contains(line));
      }
    }
  }

  @Test
  void theFilesOfARootAreProgramsOrShown() throws Exception {
    Files.writeString(folder.resolve("page.probe"), "");
    Files.writeString(folder.resolve("style.css"), "body{}");
    Files.writeString(folder.resolve(".secret"), "secret");
    try (ServerProcess server =
        ServerProcess.start(
            PROBE, "--root", folder.toString(), "--directive", "WasmHandler .probe")) {
      assertThat(RawHttp.get(server.port(), "/page.probe/more?env").body())
          .contains("SCRIPT_FILENAME=/app/page.probe", "PATH_INFO=/more");
      RawResponse style = RawHttp.get(server.port(), "/style.css");
      assertThat(style.body()).isEqualTo("body{}");
      assertThat(style.header("Content-Type")).isEqualTo("text/css");
      assertThat(RawHttp.get(server.port(), "/.secret").status()).isEqualTo(404);
      assertThat(RawHttp.get(server.port(), "/nothing").status()).isEqualTo(404);
    }
  }

  @Test
  void phpHasItsIndexItsFallbackAndItsSessions() throws Exception {
    Files.writeString(
        folder.resolve("index.php"),
        "<?php session_start(); echo $_SERVER['REQUEST_URI'], ' by ', $_SERVER['SCRIPT_FILENAME'],"
            + " ' ', $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1,"
            + " ' ', @file_put_contents('/app/written', 'x') === false ? 'reads' : 'writes';");
    // Frozen, only because it is compiled for that already.
    String module = Sample.module("php-cgi-8.2.0.wasm").toString();
    String prepared = Sample.preparedToFreeze("php-cgi-8.2.0.wasm").getParent().toString();
    try (ServerProcess server =
        ServerProcess.start(
            module,
            "--root",
            folder.toString(),
            "--cache",
            prepared,
            "--arg",
            "-b",
            "--arg",
            "9000",
            "--directive",
            "WasmGateway fastcgi",
            "--directive",
            "WasmFreeze accept")) {
      RawResponse first = RawHttp.get(server.port(), "/");
      assertThat(first.body()).isEqualTo("/ by /app/index.php 1 reads");
      String session = first.header("Set-Cookie").replaceFirst(";.*", "");
      assertThat(RawHttp.get(server.port(), "/pretty/url?x", "Cookie: " + session).body())
          .isEqualTo("/pretty/url?x by /app/index.php 2 reads");
    }
  }

  @Test
  void aConfigurationFileHasItsBlocksAndTheStatusPageIsForThisMachine() throws Exception {
    Files.write(folder.resolve("probe.wasm"), Guests.probe());
    Path file = folder.resolve("httpd-wasm.conf");
    Files.writeString(file, "Include block.conf\n");
    Files.writeString(
        folder.resolve("block.conf"),
        """
        <Location /probe>
          SetHandler wasm-handler
          WasmModule probe.wasm
          WasmEnableCGI On
        </Location>
        """);
    try (ServerProcess server = ServerProcess.start("-f", file.toString(), "--status", "/status")) {
      assertThat(RawHttp.get(server.port(), "/probe/x?env").body())
          .contains("SCRIPT_NAME=/probe", "PATH_INFO=/x");
      assertThat(RawHttp.get(server.port(), "/elsewhere").status()).isEqualTo(404);
      assertThat(RawHttp.get(server.port(), "/status?format=json").body()).contains("probe.wasm");
      assertThat(RawHttp.get(server.port(), "/status", "X-Forwarded-For: 192.0.2.1").status())
          .isEqualTo(403);
    }
  }

  @Test
  void webApplicationsHaveDescriptorsOfTheirOwn() throws Exception {
    Path first =
        new WebApp()
            .servlet("probe", "/probe/*", "WasmModule", PROBE, "WasmEnableCGI", "On")
            .file("sub/index.html", "a page")
            .complete();
    Path second = Files.createDirectories(folder.resolve("second/WEB-INF")).getParent();
    Files.writeString(
        second.resolve("WEB-INF/wasm.conf"),
        "<Location /blog>\n SetHandler wasm-handler\n WasmModule \""
            + PROBE
            + "\"\n WasmEnableCGI On\n</Location>\n");
    try (ServerProcess server =
        ServerProcess.start("--webapp", first.toString(), "--webapp", "/second=" + second)) {
      assertThat(RawHttp.get(server.port(), "/probe/x?env").body()).contains("PATH_INFO=/x");
      assertThat(RawHttp.get(server.port(), "/sub/").body()).isEqualTo("a page");
      // By the servlet API of its own Tomcat; that of an older one would make it a 500.
      RawResponse redirect = RawHttp.get(server.port(), "/sub?x=1");
      assertThat(redirect.status()).isEqualTo(302);
      assertThat(redirect.header("Location")).isEqualTo("/sub/?x=1");
      assertThat(RawHttp.get(server.port(), "/second/blog/x?env").body())
          .contains("SCRIPT_NAME=/second/blog");
    }
  }

  @Test
  void tlsNegotiatesHttp2() throws Exception {
    Certificate certificate = Certificate.make(folder);
    try (ServerProcess server =
        ServerProcess.start(
            PROBE,
            "--tls-certificate",
            certificate.file().toString(),
            "--tls-key",
            certificate.key().toString())) {
      assertThat(server.url()).startsWith("https://127.0.0.1:");
      assertThat(certificate.getByHttp2(server.url() + "x?env"))
          .contains("HTTPS=on", "SERVER_PROTOCOL=HTTP/2.0");
    }
  }
}
