package org.wasmservlet.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.core.RecordedLog;

/** Modules of web servers: fetched once, what they must be or nothing, and never without an end. */
@Timeout(60)
class ModuleFetcherTest {
  private static final byte[] MODULE =
      "a module, as far as this goes".repeat(10_000).getBytes(UTF_8);
  private static final ContentDigest DIGEST = ContentDigest.of(MODULE);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir Path temp;
  private Path folder;
  private TestWebServer server;

  @RegisterExtension
  final RecordedLog log = new RecordedLog("org.wasmservlet.core.reference.ModuleFetcher");

  @BeforeEach
  void start() throws Exception {
    folder = temp.resolve("cache");
    server = TestWebServer.https().page("/lib/hello.wasm", MODULE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isFetchedOnceAndFoundAfterwardsWithoutTheServer() throws Exception {
    Path file = locate(reference("/lib/hello.wasm"));
    assertThat(file).hasBinaryContent(MODULE).hasFileName(DIGEST.hex() + ".wasm");
    assertThat(locate(reference("/lib/hello.wasm"))).isEqualTo(file);
    server.close();
    assertThat(locate(reference("/lib/hello.wasm"))).isEqualTo(file);
    assertThat(server.requests()).containsExactly("/lib/hello.wasm");
    assertThat(kept()).containsExactly(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(log.lines()).anyMatch(line -> line.startsWith("INFO https://127.0.0.1:"));
  }

  @Test
  void threadsThatWantTheSameFetchItOnce() throws Exception {
    int threads = 6;
    CountDownLatch all = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Path>> found = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        found.add(
            pool.submit(
                () -> {
                  all.countDown();
                  all.await();
                  return locate(reference("/lib/hello.wasm"));
                }));
      }
      for (Future<Path> each : found) {
        assertThat(each.get()).hasBinaryContent(MODULE);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(server.requests()).hasSize(1);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void whatHasAnotherDigestIsRefusedAndNothingIsLeft() throws Exception {
    server.page("/lib/hello.wasm", "another one".getBytes(UTF_8));
    assertThatThrownBy(() -> locate(reference("/lib/hello.wasm")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "what was fetched has the digest "
                + ContentDigest.of("another one".getBytes(UTF_8))
                + ", and it must be "
                + DIGEST);
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatHasBeenDamagedIsFetchedAnewAndNotUsedWhereThatCannotBe() throws Exception {
    Path file = locate(reference("/lib/hello.wasm"));
    Files.writeString(file, "damaged");
    assertThat(locate(reference("/lib/hello.wasm"))).isEqualTo(file).hasBinaryContent(MODULE);
    assertThat(log.lines())
        .contains(
            "WARNING "
                + file
                + " is damaged and is not used: its digest is "
                + ContentDigest.of("damaged".getBytes(UTF_8)));
    Files.writeString(file, "damaged");
    server.close();
    assertThatThrownBy(() -> locate(reference("/lib/hello.wasm")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("/lib/hello.wasm cannot be had: ");
  }

  @Test
  void whatTheWebApplicationHasIsNotFetchedUnlessItIsDamaged() throws Exception {
    Path own = Files.write(temp.resolve(DIGEST.hex() + ".wasm"), MODULE);
    ModuleFetcher fetcher =
        fetcher(null, name -> Optional.of(temp.resolve(name)).filter(Files::exists), LONG, LONG);
    assertThat(fetcher.locate(reference("/lib/hello.wasm"))).isEqualTo(own);
    assertThat(server.requests()).isEmpty();
    Files.writeString(own, "damaged");
    assertThatThrownBy(() -> fetcher.locate(reference("/lib/hello.wasm")))
        .hasMessage("needs a folder to be kept in, and there is none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.org/a.wasm | needs the module's SHA-256 at its end, as #sha256=
          https://example.org/a.wasm#sha512=00 | needs the module's SHA-256 at its end
          https://example.org/a.wasm#sha256=00ff | has 64 hexadecimal digits, in lower case, and this one 4 characters
          https://example.org/#sha256=DIGEST | names no file
          https:///a.wasm#sha256=DIGEST | names no host
          https://example.org/a b.wasm?secret#sha256=DIGEST | is no address: Illegal character in path at index 21
          http://example.org/a.wasm#sha256=DIGEST | http is not used, for anybody on the way could change what comes
          ftp://example.org/a.wasm | modules are not had by ftp://
          oci://example.org/a:1 | registries need the library org.wasmservlet:wasm-servlet-oci beside this one
          https://user:secret@example.org/a.wasm#sha256=DIGEST | must not have a user or a password in it
          """)
  void whatCannotBeUsedIsRefusedWithoutAskingAnybody(String text, String message) {
    String reference = text.replace("DIGEST", DIGEST.hex());
    assertThatThrownBy(() -> fetcher(LONG, LONG).programName(ModuleReference.parse(reference)))
        .hasMessageContaining(message)
        .satisfies(ModuleFetcherTest::tellsNoSecret);
  }

  @Test
  void programsAreCalledWhatTheReferenceSays() throws Exception {
    assertThat(fetcher(LONG, LONG).programName(reference("/lib/hello.wasm?version=2")))
        .isEqualTo("hello.wasm");
  }

  @Test
  void whatQueriesAndUsersSayIsNotTold() {
    assertThat(ModuleReference.shown("https://u:p@host/a.wasm?key=secret#sha256=00"))
        .isEqualTo("https://...@host/a.wasm?...#sha256=00");
    assertThat(ModuleReference.shown("WEB-INF/a?b@c.wasm")).isEqualTo("WEB-INF/a?b@c.wasm");
    assertThat(ModuleReference.parse("https://host/a.wasm?key=secret").toString())
        .doesNotContain("secret");
  }

  @Test
  void anAnswerWithoutTheModuleIsToldWithItsStatusAndWithoutTheQuery() {
    assertThatThrownBy(() -> locate(reference("/missing.wasm?key=secret")))
        .hasMessage(server.at("/missing.wasm?...") + " answers with status 404");
    server.page("/busy.wasm", exchange -> TestWebServer.send(exchange, 503, new byte[0]));
    assertThatThrownBy(() -> locate(reference("/busy.wasm")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageEndingWith("/busy.wasm answers with status 503");
    assertThat(kept()).isEmpty();
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    server
        .redirect("/old.wasm", "/older.wasm")
        .redirect("/older.wasm", server.at("localhost", "/lib/hello.wasm?signed"));
    assertThat(locate(reference("/old.wasm"))).hasBinaryContent(MODULE);
    assertThat(server.requests())
        .containsExactly("/old.wasm", "/older.wasm", "/lib/hello.wasm?signed");
  }

  @Test
  void redirectsWithoutAnEndOrAnAddressAreRefused() {
    server
        .redirect("/loop.wasm", "/loop.wasm")
        .redirect("/odd.wasm", "https://a b?secret")
        .redirect("/user.wasm", "https://user:secret@localhost/a.wasm")
        .page("/nowhere.wasm", exchange -> TestWebServer.send(exchange, 307, new byte[0]));
    assertThatThrownBy(() -> locate(reference("/loop.wasm")))
        .hasMessageEndingWith("/loop.wasm redirects more than 5 times");
    assertThat(server.requests()).hasSize(6);
    assertThatThrownBy(() -> locate(reference("/odd.wasm")))
        .hasMessageContaining("redirects to what is no address")
        .satisfies(ModuleFetcherTest::tellsNoSecret);
    assertThatThrownBy(() -> locate(reference("/user.wasm")))
        .hasMessage("https://...@localhost/a.wasm has a user or a password in it");
    assertThatThrownBy(() -> locate(reference("/nowhere.wasm")))
        .hasMessageEndingWith("redirects to nowhere: it sends no Location");
  }

  /** Causes are logged, too. */
  private static void tellsNoSecret(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain("secret");
    }
  }

  @Test
  void redirectsToPlainHttpAreRefused() throws Exception {
    try (TestWebServer plain = TestWebServer.plain().page("/hello.wasm", MODULE)) {
      server.redirect("/down.wasm", plain.at("/hello.wasm"));
      assertThatThrownBy(() -> locate(reference("/down.wasm")))
          .hasMessageContaining("redirects to http://127.0.0.1:")
          .hasMessageEndingWith(", which is not https");
      assertThat(plain.requests()).isEmpty();
    }
  }

  @Test
  void moreBytesThanThereMayBeAreNotTaken() throws Exception {
    server.page(
        "/unknown.wasm",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(MODULE);
          }
        });
    ModuleFetcher small =
        fetcher(folder, name -> Optional.empty(), new FetchLimits(LONG, LONG, LONG, 1000));
    assertThatThrownBy(() -> small.locate(reference("/lib/hello.wasm")))
        .hasMessageEndingWith(
            "/lib/hello.wasm has " + MODULE.length + " bytes, and the limit is 1000");
    assertThatThrownBy(() -> small.locate(reference("/unknown.wasm")))
        .hasMessageEndingWith("/unknown.wasm has more bytes than it may, and the limit is 1000");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aConnectionThatIsCutLeavesNothing() throws Exception {
    server.page(
        "/cut.wasm",
        exchange -> {
          exchange.sendResponseHeaders(200, MODULE.length);
          exchange.getResponseBody().write(MODULE, 0, MODULE.length / 2);
          throw new IOException("cut");
        });
    assertThatThrownBy(() -> locate(reference("/cut.wasm")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("/cut.wasm cannot be had: ");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    server
        .page("/silent.wasm", exchange -> server.hang())
        .page(
            "/stalls.wasm",
            exchange -> {
              exchange.sendResponseHeaders(200, MODULE.length);
              exchange.getResponseBody().write(MODULE, 0, 1000);
              exchange.getResponseBody().flush();
              server.hang();
            });
    for (String path : List.of("/silent.wasm", "/stalls.wasm")) {
      assertThatThrownBy(() -> fetcher(SHORT, LONG).locate(reference(path)))
          .isInstanceOf(UnreachableException.class)
          .hasMessageEndingWith(path + ": nothing has come for 400 ms, which is the limit");
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aServerThatTakesForeverIsGivenUpThoughItSendsAByteNowAndThen() throws Exception {
    server.page("/drips.wasm", exchange -> drip(exchange, () -> false));
    assertThatThrownBy(() -> fetcher(LONG, SHORT).locate(reference("/drips.wasm")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageEndingWith("/drips.wasm: it is not there after 400 ms, which is the limit");
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatTakesLongIsToldInTheLog() throws Exception {
    String told = ": \\d+ of " + MODULE.length + " bytes are fetched after \\d+ s";
    Pattern line =
        Pattern.compile("INFO https://127.0.0.1:\\d+/drips.wasm#sha256=" + DIGEST.hex() + told);
    server.page(
        "/drips.wasm",
        exchange -> drip(exchange, () -> log.lines().stream().anyMatch(line.asMatchPredicate())));
    assertThat(locate(reference("/drips.wasm"))).hasBinaryContent(MODULE);
  }

  /** Sends a byte now and then, and the rest when it is time to. */
  private static void drip(HttpExchange exchange, BooleanSupplier isTime) throws IOException {
    exchange.sendResponseHeaders(200, MODULE.length);
    OutputStream out = exchange.getResponseBody();
    int sent = 0;
    while (!isTime.getAsBoolean()) {
      out.write(MODULE[sent++]);
      out.flush();
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    out.write(MODULE, sent, MODULE.length - sent);
    exchange.close();
  }

  @Test
  void aThreadThatIsInterruptedGivesUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.page(
        "/silent.wasm",
        exchange -> {
          asked.countDown();
          server.hang();
        });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> result =
          pool.submit(
              () -> {
                assertThatThrownBy(() -> locate(reference("/silent.wasm")))
                    .hasMessage("interrupted while it was being fetched");
                return Thread.currentThread().isInterrupted();
              });
      asked.await();
      pool.shutdownNow();
      assertThat(result.get()).isTrue();
    } finally {
      pool.shutdownNow();
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aServerWhoseCertificateIsNotTrustedIsNotAsked() {
    ModuleFetcher usual =
        ModuleFetcher.of(
            folder,
            name -> Optional.empty(),
            ModuleFetcherTest.class.getClassLoader(),
            FetchLimits.of(LONG));
    assertThatThrownBy(() -> usual.locate(reference("/lib/hello.wasm")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("SSLHandshakeException");
    assertThat(server.requests()).isEmpty();
    assertThat(kept()).isEmpty();
  }

  @Test
  void nobodyThereIsTold() throws Exception {
    ModuleReference gone = reference("/lib/hello.wasm");
    server.close();
    assertThatThrownBy(() -> locate(gone))
        .isInstanceOf(UnreachableException.class)
        .hasMessageEndingWith("/lib/hello.wasm cannot be had: the connection was refused");
    assertThatThrownBy(
            () ->
                locate(
                    ModuleReference.parse(
                        "https://no-such-host.invalid/a.wasm#sha256=" + DIGEST.hex())))
        .isInstanceOf(UnreachableException.class)
        .hasMessage("https://no-such-host.invalid/a.wasm cannot be had: no such host");
  }

  private Path locate(ModuleReference reference) throws Exception {
    return fetcher(LONG, LONG).locate(reference);
  }

  private ModuleReference reference(String path) {
    return ModuleReference.parse(server.at(path) + "#sha256=" + DIGEST.hex());
  }

  private ModuleFetcher fetcher(Duration stall, Duration total) throws Exception {
    return fetcher(folder, name -> Optional.empty(), stall, total);
  }

  private static ModuleFetcher fetcher(
      Path folder, Function<String, Optional<Path>> packed, Duration stall, Duration total)
      throws Exception {
    return fetcher(folder, packed, new FetchLimits(LONG, stall, total, MODULE.length));
  }

  private static ModuleFetcher fetcher(
      Path folder, Function<String, Optional<Path>> packed, FetchLimits limits) throws Exception {
    return ModuleFetcher.of(folder, packed, ModuleFetcherTest.class.getClassLoader(), limits)
        .trusting(TestCertificate.context());
  }

  /** Nothing of what was not taken, and no lock. */
  private List<Path> kept() {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
