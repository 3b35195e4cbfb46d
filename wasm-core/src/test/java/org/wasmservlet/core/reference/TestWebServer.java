package org.wasmservlet.core.reference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on loopback that answers as it is told, and remembers what it was asked. */
final class TestWebServer implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Answers a request. */
  @FunctionalInterface
  interface Page {
    void answer(HttpExchange exchange) throws IOException;
  }

  private TestWebServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static TestWebServer https() throws Exception {
    HttpsServer server = HttpsServer.create(free(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.context()));
    return new TestWebServer(server, "https");
  }

  static TestWebServer plain() throws IOException {
    return new TestWebServer(HttpServer.create(free(), 0), "http");
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  TestWebServer page(String path, Page page) {
    pages.put(path, page);
    return this;
  }

  TestWebServer page(String path, byte[] content) {
    return page(path, exchange -> send(exchange, 200, content));
  }

  TestWebServer redirect(String path, String location) {
    return page(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          send(exchange, 302, new byte[0]);
        });
  }

  static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  /** Until the server is closed: for pages that never come. */
  void hang() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The address of a path. */
  String at(String path) {
    return at("127.0.0.1", path);
  }

  String at(String host, String path) {
    return scheme + "://" + host + ":" + server.getAddress().getPort() + path;
  }

  /** Each with its path and Authorization. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(authorization == null ? path : path + " " + authorization);
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      send(exchange, 404, "no such page".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } else {
      page.answer(exchange);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
