package org.wasmservlet.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An httpd of our own: an ordinary process with its folder, configuration and port. */
final class Httpd {
  private final Kind kind;
  private final Site site;
  private final Tools tools;
  private final Path folder;
  private final Options options;

  Httpd(Kind kind, Site site, Tools tools, Path folder, Options options) {
    this.kind = kind;
    this.site = site;
    this.tools = tools;
    this.folder = folder;
    this.options = options;
  }

  Running start() throws IOException, InterruptedException {
    int port = freePort();
    Path configuration = folder.resolve("httpd.conf");
    HttpdConfiguration text = new HttpdConfiguration(tools, folder, port);
    Files.writeString(configuration, text.of(kind, site, options));
    Path settings = Files.createDirectories(text.phpSettings());
    Files.writeString(settings.resolve("opcache.ini"), HttpdConfiguration.WITHOUT_OPCACHE);
    List<Child> children = new ArrayList<>();
    try {
      if (kind == Kind.FPM) {
        children.add(startFpm(text));
      }
      List<String> command =
          List.of(tools.httpd().toString(), "-f", configuration.toString(), "-D", "FOREGROUND");
      Child httpd = Child.start(command, environment(), folder.resolve("log"));
      children.add(httpd);
      Running.await(httpd, () -> answers(port));
      return new Running(kind, port, children);
    } catch (IOException e) {
      children.forEach(Child::close);
      throw new IOException(e.getMessage() + errorLog(), e);
    }
  }

  /** So that mod_wasm finds its runtime beside itself. */
  private Map<String, String> environment() {
    return kind == Kind.MOD_WASM
        ? Map.of("LD_LIBRARY_PATH", options.modWasm().getParent().toString())
        : Map.of();
  }

  private Child startFpm(HttpdConfiguration text) throws IOException, InterruptedException {
    Path configuration = folder.resolve("php-fpm.conf");
    Files.writeString(configuration, text.ofFpm());
    List<String> command =
        List.of(
            tools.phpFpm().toString(), "--nodaemonize", "--fpm-config", configuration.toString());
    Child fpm = Child.start(command, Map.of(), folder.resolve("php-fpm.log"));
    Running.await(fpm, () -> Files.exists(text.fpmSocket()));
    return fpm;
  }

  private String errorLog() throws IOException {
    Path log = folder.resolve("error.log");
    return Files.exists(log) ? "\n" + Files.readString(log) : "";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
