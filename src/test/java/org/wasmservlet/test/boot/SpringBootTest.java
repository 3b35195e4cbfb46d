package org.wasmservlet.test.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.SpringBoot;
import org.wasmservlet.test.http.RawHttp;

/** What users of Spring Boot do, on its embedded Tomcat. */
@Timeout(120)
class SpringBootTest {
  private static final String CONF =
      """
      <Location /conf>
        SetHandler wasm-handler
        WasmModule %s
        WasmEnableCGI On
        WasmEnv WHO "the file"
      </Location>
      """
          .formatted(Guests.probeFile());

  @Test
  void registersTheFileOfTheWebApplication() throws Exception {
    try (LogCapture log = new LogCapture();
        SpringBoot app =
            new SpringBoot.Builder()
                .file("WEB-INF/wasm.conf", CONF)
                .register("")
                .direct("WasmModule", Guests.probeFile().toString(), "WasmEnableCGI", "On")
                .start()) {
      assertThat(RawHttp.get(app.port(), "/app/conf/x?env").variable("WHO")).isEqualTo("the file");
      assertThat(RawHttp.get(app.port(), "/app/direct/x?env").variable("PATH_INFO"))
          .isEqualTo("/x");
      assertThat(log.messages()).noneMatch(m -> m.contains("was not read"));
    }
  }

  @Test
  void registersAFileOfTheClassPathAndWhatItIncludes() throws Exception {
    try (SpringBoot app =
        new SpringBoot.Builder()
            .resource("conf/wasm.conf", "Include classpath:conf/more.conf\n".getBytes(UTF_8))
            .resource("conf/more.conf", CONF.getBytes(UTF_8))
            .register("classpath:conf/wasm.conf")
            .start()) {
      assertThat(RawHttp.get(app.port(), "/app/conf/x?env").variable("WHO")).isEqualTo("the file");
    }
  }

  @Test
  void servesAProgramAndItsFilesFromTheClassPath() throws Exception {
    try (SpringBoot app =
        new SpringBoot.Builder()
            .resource("wasm/probe.wasm", Guests.probe())
            .resource("site/data/file.txt", "from the class path".getBytes(UTF_8))
            .resource("site/page.cgi", "a program".getBytes(UTF_8))
            .direct(
                "WasmModule", "classpath:wasm/probe.wasm",
                "WasmEnableCGI", "On",
                "WasmMapCGIFileNames", "On",
                "WasmMapDir", "/site classpath:site ro",
                "WasmDocumentRoot", "classpath:site/",
                "WasmHandler", ".cgi")
            .start()) {
      assertThat(RawHttp.get(app.port(), "/app/direct/data/file.txt").body())
          .isEqualTo("from the class path");
      assertThat(RawHttp.get(app.port(), "/app/direct/page.cgi?env").variable("SCRIPT_FILENAME"))
          .isEqualTo("/site/page.cgi");
      assertThat(RawHttp.get(app.port(), "/app/direct/page.cgi?cat&/site/data/file.txt").body())
          .isEqualTo("from the class path");
    }
  }

  @Test
  void saysThatNobodyHasReadTheFile() throws Exception {
    try (LogCapture log = new LogCapture();
        SpringBoot app =
            new SpringBoot.Builder()
                .file("WEB-INF/wasm.conf", CONF)
                .direct("WasmModule", Guests.probeFile().toString(), "WasmEnableCGI", "On")
                .start()) {
      assertThat(RawHttp.get(app.port(), "/app/conf/x?env").status()).isEqualTo(404);
      assertThat(log.messages())
          .filteredOn(m -> m.startsWith("WEB-INF/wasm.conf was not read: "))
          .hasSize(1);
    }
  }

  @Test
  void doesNotStartWithoutAFileThatIsToBeRegistered() throws Exception {
    String[][] mistakes = {
      {"", "WEB-INF/wasm.conf: no such file in the web application"},
      {"classpath:none.conf", "classpath:none.conf: no such file on the class path"},
      {"classpath:../x.conf", "classpath:../x.conf: must be a path inside"},
      {"classpath:/etc/hosts", "classpath:/etc/hosts: must be a path inside"},
    };
    for (String[] mistake : mistakes) {
      SpringBoot.Builder app = new SpringBoot.Builder().register(mistake[0]);
      assertThatThrownBy(app::start).hasStackTraceContaining(mistake[1]);
    }
  }
}
