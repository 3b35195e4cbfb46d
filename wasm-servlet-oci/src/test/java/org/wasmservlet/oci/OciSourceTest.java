package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasmservlet.core.reference.ContentDigest;
import org.wasmservlet.core.reference.FetchLimits;
import org.wasmservlet.core.reference.ModuleFetcher;
import org.wasmservlet.core.reference.ModuleReference;
import org.wasmservlet.core.reference.UnreachableException;

/** Modules of registries, as a web application gets them. */
@Timeout(60)
class OciSourceTest {
  private static final byte[] MODULE = "a module, as far as this goes".getBytes(UTF_8);
  private static final byte[] ANOTHER = "another one".getBytes(UTF_8);

  @TempDir Path temp;
  @RegisterExtension final DockerFiles docker = new DockerFiles();

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("org.wasmservlet");
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          log.add(message.getLevel() + " " + new SimpleFormatter().formatMessage(message));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private LoopbackRegistry registry;
  private Path folder;
  private Path packed;

  @BeforeEach
  void start() throws IOException {
    registry = new LoopbackRegistry();
    folder = temp.resolve("cache");
    packed = temp.resolve("packed");
    logger.addHandler(recorder);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(recorder);
    registry.close();
  }

  @Test
  void whatADigestNamesIsAskedForOnce() throws Exception {
    ContentDigest digest = registry.push("tools/hello", "1", MODULE);
    String reference = "tools/hello:1@" + digest;
    assertThat(locate(reference)).hasBinaryContent(MODULE);
    assertThat(registry.requests())
        .hasSize(2)
        .allMatch(request -> !request.contains("Authorization"));
    assertThat(locate(reference)).hasBinaryContent(MODULE);
    registry.close();
    assertThat(locate(reference)).hasBinaryContent(MODULE);
    assertThat(registry.requests()).hasSize(2);
    assertThat(log).noneMatch(line -> line.startsWith("WARNING"));
  }

  @Test
  void whatATagNamesIsAskedForEachTimeAndToldByItsDigest() throws Exception {
    ContentDigest first = registry.push("hello", "1", MODULE);
    assertThat(locate("hello:1")).hasBinaryContent(MODULE);
    String reference = "oci://" + registry.host() + "/hello:1";
    assertThat(log)
        .contains(
            "INFO "
                + reference
                + " is "
                + reference
                + "@"
                + first
                + ": with that in its place it stays what it is, and nobody is asked again");
    assertThat(locate("hello:1")).hasBinaryContent(MODULE);
    assertThat(registry.requests("/blobs/")).isEqualTo(1);
    registry.push("hello", "1", ANOTHER);
    assertThat(locate("hello:1")).hasBinaryContent(ANOTHER);
  }

  @ParameterizedTest
  @CsvSource({"true,cannot be had: the connection was refused", "false,answers with status 503"})
  void aTagIsWhatItWasLastWhileTheRegistryIsAway(boolean isGone, String cause) throws Exception {
    ContentDigest digest = registry.push("hello", "1", MODULE);
    locate("hello:1");
    if (isGone) {
      registry.close();
    } else {
      registry.failure = 503;
    }
    assertThat(locate("hello:1")).hasBinaryContent(MODULE);
    assertThat(log)
        .anyMatch(
            line ->
                line.startsWith("WARNING oci://" + registry.host() + "/hello:1 is taken for what")
                    && line.contains("it was when it was fetched last, " + digest)
                    && line.contains(cause));
    assertThatThrownBy(() -> locate("hello:2"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining(cause);
  }

  @Test
  void aTagThatIsGoneIsNotWhatItWas() throws Exception {
    registry.push("hello", "1", MODULE);
    locate("hello:1");
    registry.failure = 404;
    assertThatThrownBy(() -> locate("hello:1"))
        .hasMessage("the registry " + registry.host() + " has no manifests/1 in hello");
  }

  @Test
  void whatIsPackedIsNotAskedForNorIsItsTag() throws Exception {
    registry.push("hello", "1", MODULE);
    Path own = folder;
    folder = packed;
    locate("hello:1");
    folder = own;
    registry.push("hello", "1", ANOTHER);
    long before = registry.requests().size();
    assertThat(locate("hello:1")).hasBinaryContent(MODULE).hasParent(packed);
    assertThat(registry.requests()).hasSize((int) before);
    assertThat(folder).doesNotExist();
  }

  @Test
  void anIndexLeadsToItsManifestForWebAssembly() throws Exception {
    ContentDigest wasm = registry.push("hello", "wasm", MODULE);
    ContentDigest other = registry.push("hello", "other", ANOTHER);
    ContentDigest index =
        registry.push("hello", "index", index(platform(other, "amd64"), platform(wasm, "wasm")));
    assertThat(locate("hello:index")).hasBinaryContent(MODULE);
    assertThat(locate("hello@" + index)).hasBinaryContent(MODULE);
    registry.close();
    assertThat(locate("hello@" + index)).hasBinaryContent(MODULE);
  }

  @Test
  void anIndexThatLeadsToNoneOrSeveralIsRefused() {
    ContentDigest wasm = registry.push("hello", "wasm", MODULE);
    registry.push("hello", "two", index(platform(wasm, "wasm"), platform(wasm, "wasm32")));
    registry.push("hello", "none", index(platform(wasm, "amd64"), platform(wasm, "arm64")));
    ContentDigest inner = registry.push("hello", "inner", index(platform(wasm, "wasm")));
    registry.push("hello", "outer", index(platform(inner, "wasm")));
    assertThatThrownBy(() -> locate("hello:two"))
        .hasMessageContaining("names 2 manifests for WebAssembly");
    assertThatThrownBy(() -> locate("hello:none"))
        .hasMessageContaining("names no manifest for WebAssembly; it has wasi/amd64, wasi/arm64");
    assertThatThrownBy(() -> locate("hello:outer")).hasMessageContaining("names another index");
  }

  @Test
  void anArtifactWithoutAModuleOrWithTwoIsRefused() {
    String tar = registry.layer("hello", "application/vnd.oci.image.layer.v1.tar+gzip", ANOTHER);
    String one = registry.layer("hello", LoopbackRegistry.WASM, MODULE);
    String two = registry.layer("hello", "application/vnd.wasm.content.layer.v1+wasm", ANOTHER);
    registry.push("hello", "image", LoopbackRegistry.manifest(tar));
    registry.push("hello", "two", LoopbackRegistry.manifest(one, two));
    registry.push("hello", "empty", LoopbackRegistry.manifest());
    assertThatThrownBy(() -> locate("hello:image"))
        .hasMessage(
            "has no layer that is a module (application/wasm), but"
                + " application/vnd.oci.image.layer.v1.tar+gzip; images of containers are not"
                + " unpacked: push the .wasm file itself"
                + " (oras push REGISTRY/REPOSITORY:TAG FILE.wasm:application/wasm)");
    assertThatThrownBy(() -> locate("hello:two"))
        .hasMessage("has 2 layers that are modules, and must have one");
    assertThatThrownBy(() -> locate("hello:empty")).hasMessageContaining("but none at all");
  }

  @Test
  void theLayerBeforeTheArtifactWasAgreedOnIsAModuleToo() throws Exception {
    String layer = registry.layer("hello", "application/vnd.wasm.content.layer.v1+wasm", MODULE);
    registry.push("hello", "old", LoopbackRegistry.manifest(layer));
    assertThat(locate("hello:old")).hasBinaryContent(MODULE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no json|what the registry says of it is not JSON",
        "[]|what the registry says of it is no JSON object",
        "{}|neither a manifest nor an index",
        "{\"layers\":[]} more|what the registry says of it is not JSON",
        "{\"layers\":[{\"mediaType\":\"application/wasm\"}]}|without its digest or size",
        "{\"layers\":[{\"digest\":\"sha512:00\",\"size\":1}]}|a digest must be sha256:",
        "{\"layers\":[{\"digest\":\"sha256:00\",\"size\":1.5}]}|by what cannot be compared",
      })
  void whatIsNoDescriptionIsRefused(String description, String message) {
    registry.push("hello", "1", description);
    assertThatThrownBy(() -> locate("hello:1")).hasMessageContaining(message);
  }

  @Test
  void contentThatIsNotWhatItsDigestSaysIsRefusedAndNotKept() {
    ContentDigest digest = registry.push("hello", "1", MODULE);
    registry.replace(
        "/v2/hello/blobs/" + ContentDigest.of(MODULE),
        "a bad module.................".getBytes(UTF_8));
    assertThatThrownBy(() -> locate("hello:1"))
        .hasMessageContaining("what was fetched has the digest sha256:")
        .hasMessageEndingWith(", and it must be " + ContentDigest.of(MODULE));
    registry.replace("/v2/hello/manifests/" + digest, "{\"layers\":[]}".getBytes(UTF_8));
    folder = temp.resolve("other");
    assertThatThrownBy(() -> locate("hello@" + digest))
        .hasMessageEndingWith(", and it must be " + digest);
    assertThat(kept(".wasm")).isEmpty();
    assertThat(kept(".json")).isEmpty();
  }

  @Test
  void aModuleThatIsTooLargeOrLargerThanItIsSaidToBeIsNotTaken() {
    registry.push(
        "hello",
        "huge",
        LoopbackRegistry.manifest(
            LoopbackRegistry.descriptor(
                LoopbackRegistry.WASM, ContentDigest.of(MODULE), 1L << 40)));
    assertThatThrownBy(() -> locate("hello:huge"))
        .hasMessage("the module has 1099511627776 bytes, and the limit is 1073741824");
    registry.layer("hello", LoopbackRegistry.WASM, MODULE);
    registry.push(
        "hello",
        "larger",
        LoopbackRegistry.manifest(
            LoopbackRegistry.descriptor(LoopbackRegistry.WASM, ContentDigest.of(MODULE), 3)));
    assertThatThrownBy(() -> locate("hello:larger"))
        .hasMessageContaining("has " + MODULE.length + " bytes, and the limit is 3");
  }

  @Test
  void aTokenForEverybodyIsAskedForWhereTheRegistryWantsOne() throws Exception {
    registry.push("tools/hello", "1", MODULE);
    registry.access = LoopbackRegistry.Access.TOKEN_FOR_EVERYBODY;
    assertThat(locate("tools/hello:1")).hasBinaryContent(MODULE);
    assertThat(registry.requests())
        .containsExactly(
            registry.host() + "/v2/tools/hello/manifests/1",
            registry.host() + "/token?scope=repository%3Atools%2Fhello%3Apull&service=registry",
            registry.host() + "/v2/tools/hello/manifests/1 Bearer",
            registry.host() + "/v2/tools/hello/blobs/" + ContentDigest.of(MODULE) + " Bearer");
  }

  @ParameterizedTest
  @CsvSource({"BASIC", "TOKEN"})
  void theCredentialsOfDockersConfigurationAreUsed(LoopbackRegistry.Access access)
      throws Exception {
    registry.push("hello", "1", MODULE);
    registry.access = access;
    docker.configuration(DockerFiles.auth(registry.host(), registry.credentials));
    assertThat(locate("hello:1")).hasBinaryContent(MODULE);
  }

  @Test
  void anIdentityTokenIsExchangedForOneThatTheRegistryTakes() throws Exception {
    registry.push("tools/hello", "1", MODULE);
    registry.access = LoopbackRegistry.Access.TOKEN_FOR_IDENTITY;
    docker.configuration(DockerFiles.identity(registry.host(), LoopbackRegistry.IDENTITY));
    assertThat(locate("tools/hello:1")).hasBinaryContent(MODULE);
    assertThat(registry.forms)
        .containsExactly(
            "grant_type=refresh_token&client_id=wasm-servlet"
                + "&scope=repository%3Atools%2Fhello%3Apull&service=registry"
                + "&refresh_token=an-identity");
    assertThat(registry.requests()).contains(registry.host() + "/token");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> locate("hello:1"))
        .hasMessageContaining(registry.host())
        .hasMessageContaining(message)
        .hasMessageContaining(docker.file().toString())
        .hasMessageNotContaining("wrongsecret");
    assertThat(log).noneMatch(line -> line.contains("wrongsecret"));
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN_FOR_IDENTITY,'answers with status 400, though it was told the credentials that '",
    "BASIC,' wants a user name and a password, and '"
  })
  void anIdentityTokenThatDoesNotDoIsToldWithItsFileAndNotItself(
      LoopbackRegistry.Access access, String message) throws Exception {
    registry.push("hello", "1", MODULE);
    registry.access = access;
    docker.configuration(DockerFiles.identity(registry.host(), "wrongsecret"));
    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource({
    "BASIC,true,' refuses it with status 401, though it was told the credentials that '",
    "BASIC,false,' wants a user name and a password, and there are none for it that '",
    "TOKEN,true,'answers with status 401, though it was told the credentials that '",
    "TOKEN,false,'answers with status 401 without those that '"
  })
  void credentialsThatAreMissingOrWrongAreToldWithTheirFileAndNotThemselves(
      LoopbackRegistry.Access access, boolean hasSome, String message) throws Exception {
    registry.push("hello", "1", MODULE);
    registry.access = access;
    if (hasSome) {
      docker.configuration(DockerFiles.auth(registry.host(), "user:wrongsecret"));
    }
    assertRefused(message);
  }

  @Test
  void whoeverKeepsTheBlobsElsewhereIsToldNoCredentials() throws Exception {
    registry.push("hello", "1", MODULE);
    registry.access = LoopbackRegistry.Access.BASIC;
    registry.blobsElsewhere = "http://" + registry.otherHost() + "/storage";
    docker.configuration(DockerFiles.auth(registry.host(), registry.credentials));
    assertThat(locate("hello:1")).hasBinaryContent(MODULE);
    assertThat(registry.requests())
        .filteredOn(request -> request.startsWith(registry.otherHost()))
        .hasSize(1)
        .noneMatch(request -> request.contains(" Basic"));
    assertThat(log).noneMatch(line -> line.contains("signature"));
  }

  @Test
  void tokensAreNotFetchedFromWhereverARegistrySays() throws Exception {
    registry.push("hello", "1", MODULE);
    registry.access = LoopbackRegistry.Access.TOKEN;
    docker.configuration(DockerFiles.auth(registry.host(), registry.credentials));
    for (String realm : List.of("http://example.org/token", "file:///etc/passwd", "")) {
      registry.challenge = "Bearer realm=\"" + realm + "\"";
      assertThatThrownBy(() -> locate("hello:1")).isInstanceOf(IOException.class);
    }
    registry.challenge = "Negotiate";
    assertThatThrownBy(() -> locate("hello:1"))
        .hasMessageContaining("wants to know who asks, and by neither a token nor a password");
  }

  @Test
  void severalProcessesFetchItOnce() throws Exception {
    registry.push("hello", "1", MODULE);
    List<Process> processes = Stream.generate(this::process).limit(2).toList();
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said).contains(ContentDigest.of(MODULE).hex() + ".wasm");
    }
    assertThat(registry.requests("/blobs/")).isEqualTo(1);
    assertThat(kept(".part")).isEmpty();
  }

  private Process process() {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              FetchingProcess.class.getName(),
              folder.toString(),
              "oci://" + registry.host() + "/hello:1")
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String index(String... manifests) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(LoopbackRegistry.INDEX, String.join(",", manifests));
  }

  private static String platform(ContentDigest manifest, String architecture) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9,\"platform\":{\"os\":\"wasi\",\"architecture\":\"%s\"}}"
        .formatted(LoopbackRegistry.MANIFEST, manifest, architecture);
  }

  private Path locate(String place) throws IOException {
    return ModuleFetcher.of(
            folder,
            name -> Optional.of(packed.resolve(name)).filter(Files::exists),
            OciSourceTest.class.getClassLoader(),
            FetchLimits.of(Duration.ofSeconds(30)))
        .locate(ModuleReference.parse("oci://" + registry.host() + "/" + place));
  }

  private List<Path> kept(String suffix) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
