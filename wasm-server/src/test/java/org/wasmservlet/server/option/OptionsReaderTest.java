package org.wasmservlet.server.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a command line can be used, and how a message names what cannot. */
class OptionsReaderTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createFile(folder.resolve("hello.wasm"));
    Files.createFile(folder.resolve("php-cgi.wasm"));
    Files.createFile(folder.resolve("httpd-wasm.conf"));
    Files.createFile(folder.resolve("plain.pem"));
    Files.createDirectories(folder.resolve("app/WEB-INF"));
    Files.createFile(Files.createDirectory(folder.resolve("shop")).resolve("index.php"));
    Files.createDirectory(folder.resolve("empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                          | there is nothing to serve: name a MODULE.wasm, -f FILE or --webapp DIR
          F/none.wasm                                 | MODULE.wasm 'F/none.wasm': no such file
          F/shop                                      | MODULE.wasm 'F/shop': not a regular file
          F/hello.wasm F/php-cgi.wasm                 | MODULE.wasm 'F/php-cgi.wasm': only one module can be served; -f has room for more
          F/hello.wasm -f F/httpd-wasm.conf           | only one of MODULE.wasm, -f and --webapp can be served
          -f F/none.conf                              | -f 'F/none.conf': no such file
          -f F/httpd-wasm.conf --env A=b              | --env: goes with a MODULE.wasm; the file of -f has directives of its own
          -f F/httpd-wasm.conf --root F/shop          | --root: goes with a MODULE.wasm; the file of -f has directives of its own
          -f F/httpd-wasm.conf --write                | --write: goes with a MODULE.wasm; the file of -f has directives of its own
          -f F/httpd-wasm.conf --map-dir /a=F/shop    | --map-dir: goes with a MODULE.wasm; the file of -f has directives of its own
          --webapp F/app --arg x                      | --arg: goes with a MODULE.wasm; a web application has directives of its own
          --webapp F/app --directive WasmTimeout:5s   | --directive: goes with a MODULE.wasm; a web application has directives of its own
          --webapp F/shop                             | --webapp 'F/shop': has no WEB-INF
          --webapp F/none                             | --webapp 'F/none': no such directory
          --webapp /a b=F/app                         | --webapp '/a b=F/app': PATH must be of letters, digits, dots, - and _, such as /shop
          --webapp /a=F/app --webapp /a/=F/app        | --webapp '/a/=F/app': there is one at /a already
          --webapp F/app --status /status             | --status '/status': a web application maps org.wasmservlet.WasmStatusServlet itself
          F/hello.wasm --ports 80                     | --ports: no such option; did you mean --port?
          F/hello.wasm --port                         | Missing required parameter for option '--port' (N)
          F/hello.wasm --port x                       | --port 'x': must be a number from 0 to 65535
          F/hello.wasm --port 65536                   | --port '65536': must be a number from 0 to 65535
          F/hello.wasm --port -1                      | --port '-1': must be a number from 0 to 65535
          F/hello.wasm --port 1 --port 2              | option '--port' (N) should be specified only once
          F/hello.wasm --address 300.1.1.1            | --address '300.1.1.1': no address or name of a host
          F/hello.wasm --root F/none                  | --root 'F/none': no such directory
          F/php-cgi.wasm --root F/php-cgi.wasm        | --root 'F/php-cgi.wasm': not a directory
          F/hello.wasm --root F/shop                  | --root 'F/shop': which of its files are programs? PHP's are known where the module's name begins with php; for others write --directive "WasmHandler .SUFFIX"
          F/hello.wasm --write                        | --write: goes with --root
          F/php-cgi.wasm --root F/shop --write --map-dir /app=F/empty | --write: another directory is mapped to /app already
          F/hello.wasm --map-dir F/shop               | --map-dir 'F/shop': must be GUEST=HOST or GUEST=HOST:ro
          F/hello.wasm --map-dir /a=F/none            | --map-dir '/a=F/none': no such directory
          F/hello.wasm --env A                        | --env 'A': must be NAME=VALUE
          F/hello.wasm --env A=${b                    | --env 'A=${b': has a line break or a ${, which no directive has
          F/hello.wasm --directive Options:All        | --directive 'Options All': must be one of the directives, which begin with Wasm
          F/hello.wasm --directive WasmTimeot:5s      | --directive 'WasmTimeot 5s': WasmTimeot '5s': no such parameter; did you mean WasmTimeout?
          F/hello.wasm --directive WasmTimeout        | --directive 'WasmTimeout': has no value
          F/hello.wasm --directive WasmMapDir:/a      | --directive 'WasmMapDir /a': WasmMapDir '/a': takes 2 or 3 words a line, found 1; put quotes around a word that has blanks
          F/hello.wasm --tls-key F/plain.pem          | --tls-key 'F/plain.pem': goes with --tls-certificate
          F/hello.wasm --tls-certificate F/none.pem   | --tls-certificate 'F/none.pem': no such file
          F/hello.wasm --tls-certificate F/plain.pem  | --tls-certificate 'F/plain.pem': has no line -----BEGIN CERTIFICATE----- of PEM
          F/hello.wasm --access-log F/none/log        | --access-log 'F/none/log': cannot be written: no such directory
          F/hello.wasm --cache F/hello.wasm           | --cache 'F/hello.wasm': F/hello.wasm is not a directory
          F/hello.wasm --status status                | --status 'status': must be a path of letters, digits, dots, - and _, such as /status
          F/hello.wasm --stop-timeout 5               | --stop-timeout '5': not a time; write for example 500ms, 30s or 2m
          """)
  void saysWhatIsWrong(String words, String message) {
    // A blank separates words, a colon stands for a blank in a directive.
    String[] split =
        words.isEmpty()
            ? new String[0]
            : words
                .replaceAll("(Wasm\\w+|Options):", "$1 ")
                .replace("F/", folder + "/")
                .split("(?<!Wasm\\w{0,20}|Options|/a) ");
    assertThatThrownBy(() -> read(split))
        .isInstanceOf(UsageException.class)
        .hasMessage("command line: " + message.replace("F/", folder + "/"));
  }

  @Test
  void aModuleAloneAnswersEveryUrlAsCgi() throws UsageException {
    assertThat(initParams("hello.wasm"))
        .isEqualTo(Map.of("WasmModule", path("hello.wasm"), "WasmEnableCGI", "On"));
  }

  @Test
  void aReferenceIsLeftToTheDirective() throws UsageException {
    String address = "https://example.org/php.wasm#sha256=00";
    Content.Program program = (Content.Program) read(address).content();
    assertThat(program.initParams()).containsEntry("WasmModule", address);
  }

  @Test
  void phpServesARootThatItMayOnlyRead() throws UsageException {
    assertThat(initParams("php-cgi.wasm", "--root", path("shop")))
        .isEqualTo(
            Map.of(
                "WasmModule", path("php-cgi.wasm"),
                "WasmEnableCGI", "On",
                "WasmMapCGIFileNames", "On",
                "WasmDocumentRoot", path("shop"),
                "WasmDirectoryIndex", "index.php index.html",
                "WasmHandler", ".php",
                "WasmFallback", "/index.php",
                "WasmMapDir", "/app " + path("shop") + " ro\n/tmp tmp:server",
                "WasmEnv", "TMPDIR /tmp"));
  }

  @Test
  void aRootWithoutAnIndexHasNoFallbackAndMayBeWritten() throws UsageException {
    assertThat(initParams("php-cgi.wasm", "--root", path("empty"), "--write"))
        .doesNotContainKey("WasmFallback")
        .containsEntry("WasmMapDir", "/app " + path("empty") + " rw\n/tmp tmp:server");
  }

  @Test
  void whatIsWrittenTakesThePlaceOfWhatIsUsual() throws UsageException {
    assertThat(
            initParams(
                "php-cgi.wasm",
                "--root",
                path("shop"),
                "--map-dir",
                "/tmp=tmp:",
                "--directive",
                "wasmfallback /front.php",
                "--directive",
                "WasmDirectoryIndex front.php"))
        .containsEntry("WasmFallback", "/front.php")
        .containsEntry("WasmDirectoryIndex", "front.php")
        .containsEntry("WasmMapDir", "/tmp tmp:\n/app " + path("shop") + " ro")
        .doesNotContainKey("WasmEnv");
  }

  @Test
  void wordsAreTakenAsTheyAre() throws UsageException {
    assertThat(
            initParams(
                "hello.wasm",
                "--arg",
                "-b",
                "--arg",
                "-f",
                "--arg",
                "two words",
                "--env",
                "A=b=\"c\" d",
                "--env",
                "EMPTY=",
                "--map-dir",
                "/data=" + path("shop") + ":ro"))
        .containsEntry("WasmArg", "-b\n-f\n\"two words\"")
        .containsEntry("WasmEnv", "A \"b=\\\"c\\\" d\"\nEMPTY \"\"")
        .containsEntry("WasmMapDir", "/data " + path("shop") + " ro");
  }

  @Test
  void whatIsNotWrittenIsSafe() throws UsageException {
    Options options = read(path("hello.wasm"));
    assertThat(options.endpoint().address()).isEqualTo("127.0.0.1");
    assertThat(options.endpoint().port()).isEqualTo(8080);
    assertThat(options.endpoint().tls()).isEmpty();
    assertThat(options.accessLog()).isEmpty();
    assertThat(options.statusPath()).isEmpty();
    assertThat(options.stopTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.check()).isFalse();
    assertThat(Path.of(options.cache())).isAbsolute().hasFileName("wasm-server");
  }

  @Test
  void helpAndVersionArePrintedAndNothingElseIsDone() throws UsageException {
    assertThat(readOrNothing("--version")).isNull();
    assertThat(printed.toString(UTF_8)).isEqualTo("wasm-server 1.2.3" + System.lineSeparator());
    assertThat(readOrNothing("--help", "--port", "x")).isNull();
    assertThat(printed.toString(UTF_8)).contains("java -jar wasm-server.jar");
  }

  private Map<String, String> initParams(String module, String... others) throws UsageException {
    String[] words = new String[others.length + 1];
    words[0] = path(module);
    System.arraycopy(others, 0, words, 1, others.length);
    return ((Content.Program) read(words).content()).initParams();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Options read(String... words) throws UsageException {
    Options options = readOrNothing(words);
    assertThat(options).isNotNull();
    return options;
  }

  private Options readOrNothing(String... words) throws UsageException {
    return new OptionsReader("1.2.3")
        .read(new PrintStream(printed, true, UTF_8), words)
        .orElse(null);
  }
}
