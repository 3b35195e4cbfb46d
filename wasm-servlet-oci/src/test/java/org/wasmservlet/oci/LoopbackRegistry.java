package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.wasmservlet.core.reference.ContentDigest;

/** A registry on loopback: what has been pushed, for everybody or for one user. */
final class LoopbackRegistry implements AutoCloseable {
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String CONFIG = "application/vnd.wasm.config.v0+json";
  static final String WASM = "application/wasm";

  /** How it wants to be told who asks. */
  enum Access {
    EVERYBODY,
    BASIC,
    TOKEN,
    TOKEN_FOR_EVERYBODY,
    TOKEN_FOR_IDENTITY
  }

  static final String IDENTITY = "an-identity";

  private static final String TOKEN_TEXT = "a-token";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What its service for tokens has been sent. */
  final List<String> forms = new CopyOnWriteArrayList<>();

  volatile Access access = Access.EVERYBODY;
  volatile String credentials = "user:pass:word";

  /** Null, or what the address of a blob begins with to which requests for it are redirected. */
  volatile String blobsElsewhere;

  /** 0, or what it answers to everything. */
  volatile int failure;

  /** Null, or what it sends instead of its own challenge. */
  volatile String challenge;

  LoopbackRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The same server by another name. */
  String otherHost() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** Each with its path and the scheme of its Authorization. */
  List<String> requests() {
    return requests;
  }

  long requests(String part) {
    return requests.stream().filter(request -> request.contains(part)).count();
  }

  /** Pushes a module as an artifact, and tells the digest of its manifest. */
  ContentDigest push(String repository, String tag, byte[] module) {
    return push(repository, tag, manifest(layer(repository, WASM, module)));
  }

  /** Pushes a manifest or an index. */
  ContentDigest push(String repository, String tag, String manifest) {
    byte[] content = manifest.getBytes(UTF_8);
    ContentDigest digest = ContentDigest.of(content);
    contents.put("/v2/" + repository + "/manifests/" + tag, content);
    contents.put("/v2/" + repository + "/manifests/" + digest, content);
    return digest;
  }

  /** Pushes a layer, and describes it. */
  String layer(String repository, String mediaType, byte[] content) {
    ContentDigest digest = ContentDigest.of(content);
    contents.put("/v2/" + repository + "/blobs/" + digest, content);
    return descriptor(mediaType, digest, content.length);
  }

  static String descriptor(String mediaType, ContentDigest digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, size);
  }

  static String manifest(String... layers) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
        .formatted(
            MANIFEST,
            descriptor(CONFIG, ContentDigest.of("{}".getBytes(UTF_8)), 2),
            String.join(",", layers));
  }

  /** Puts something in the place of what there is. */
  void replace(String path, byte[] content) {
    contents.put(path, content);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add(
          exchange.getRequestHeaders().getFirst("Host")
              + exchange.getRequestURI()
              + (authorization == null ? "" : " " + authorization.split(" ")[0]));
      if (failure != 0) {
        send(exchange, failure, new byte[0]);
      } else if (path.equals("/token")) {
        answerToken(exchange, authorization);
      } else if (!path.startsWith("/storage/") && !isAllowed(authorization)) {
        challenge(exchange);
      } else if (blobsElsewhere != null && path.matches("/v2/.*/blobs/.*")) {
        exchange.getResponseHeaders().set("Location", blobsElsewhere + path + "?signature=secret");
        send(exchange, 307, new byte[0]);
      } else {
        byte[] content = contents.get(path.replaceFirst("^/storage", ""));
        send(exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
      }
    }
  }

  private boolean isAllowed(String authorization) {
    return switch (access) {
      case EVERYBODY -> true;
      case BASIC -> basic().equals(authorization);
      case TOKEN, TOKEN_FOR_EVERYBODY, TOKEN_FOR_IDENTITY ->
          ("Bearer " + TOKEN_TEXT).equals(authorization);
    };
  }

  private String basic() {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private void challenge(HttpExchange exchange) throws IOException {
    String own =
        access == Access.BASIC
            ? "Basic realm=\"registry, \\\"test\\\"\""
            : "Bearer service=\"registry\",realm=\"http://" + host() + "/token\"";
    exchange.getResponseHeaders().set("WWW-Authenticate", challenge == null ? own : challenge);
    send(exchange, 401, "{\"errors\":[]}".getBytes(UTF_8));
  }

  private void answerToken(HttpExchange exchange, String authorization) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    forms.add(form);
    if (access == Access.TOKEN && !basic().equals(authorization)) {
      send(exchange, 401, new byte[0]);
    } else if (access == Access.TOKEN_FOR_IDENTITY
        && !form.endsWith("&refresh_token=" + IDENTITY)) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}".getBytes(UTF_8));
    } else {
      send(exchange, 200, ("{\"access_token\":\"" + TOKEN_TEXT + "\"}").getBytes(UTF_8));
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
