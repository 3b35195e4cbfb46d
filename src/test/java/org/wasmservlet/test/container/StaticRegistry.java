package org.wasmservlet.test.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry on loopback that everybody may pull from: files, as registries name them. */
public final class StaticRegistry implements AutoCloseable {
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
      "layers":[{"mediaType":"application/wasm","digest":"%s","size":%d}]}""";

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public StaticRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Pushes a module, and tells the reference to it, with its tag and without a digest. */
  public String push(String repository, String tag, byte[] module) throws Exception {
    String base = "/v2/" + repository;
    String digest = digest(module);
    byte[] manifest = MANIFEST.formatted(digest, module.length).getBytes(StandardCharsets.UTF_8);
    files.put(base + "/blobs/" + digest, module);
    files.put(base + "/manifests/" + tag, manifest);
    files.put(base + "/manifests/" + digest(manifest), manifest);
    return "oci://127.0.0.1:" + server.getAddress().getPort() + "/" + repository + ":" + tag;
  }

  private static String digest(byte[] content) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  /** The paths that have been asked for. */
  public List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path);
      byte[] content = files.get(path);
      exchange.sendResponseHeaders(
          content == null ? 404 : 200, content == null ? -1 : content.length);
      if (content != null) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
