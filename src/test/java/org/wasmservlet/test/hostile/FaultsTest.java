package org.wasmservlet.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Guests;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** What goes wrong around a guest: nothing hangs, and nothing is left. */
class FaultsTest {
  @OnEveryContainer
  void aFileIsRemovedWhileItIsOpen(Container container) throws Exception {
    HostileTree tree = new HostileTree();
    try (WebApp.Deployed app = deploy(tree, container);
        RawHttp client = new RawHttp(app.port())) {
      startHolding(client, app, "mine");
      Files.delete(tree.root().resolve("mine"));
      client.send("x");
      // The file is there for who has it open, and for no one else: error number 44 (NOENT).
      client.readUntil("read 0 mine\n");
      client.readUntil("write 0\n");
      client.readUntil("stat 0\n");
      client.readUntil("list 0\n");
      client.readUntil("open 44\n");
      client.readUntil("done\n");
      assertServes(app);
    }
  }

  @OnEveryContainer
  void theDirectoryIsRemovedWhileAGuestHasIt(Container container) throws Exception {
    HostileTree tree = new HostileTree();
    try (WebApp.Deployed app = deploy(tree, container)) {
      try (RawHttp client = new RawHttp(app.port())) {
        startHolding(client, app, "mine");
        delete(tree.root());
        client.send("x");
        client.readUntil("read 0 mine\n");
        client.readUntil("open 44\n");
        client.readUntil("done\n");
      }
      // And before a guest begins: it finds nothing there.
      assertThat(RawHttp.get(app.port(), app.contextPath() + "/hostile?paths&mine&d/file").body())
          .isEqualTo("done\n");
      assertServes(app);
    }
  }

  @OnEveryContainer
  void aDirectoryCannotBeRead(Container container) throws Exception {
    HostileTree tree = new HostileTree();
    Path closed = tree.root().resolve("d");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(closed))
          .as("permissions do not bind whoever runs this test")
          .isFalse();
      try (WebApp.Deployed app = deploy(tree, container)) {
        assertThat(RawHttp.get(app.port(), app.contextPath() + "/hostile?paths&d/file").body())
            .isEqualTo("done\n");
        assertServes(app);
      }
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** In a JVM with a small heap, on a file system in memory that is mounted for it alone. */
  @OnEveryContainer
  void theHeapAndTheDiskAreFull(Container container) throws Exception {
    assumeThat(new ProcessBuilder("unshare", "-Urm", "true").start().waitFor())
        .as("this system lets a process mount a small file system of its own")
        .isZero();
    Path disk = Scratch.directory("disk");
    Path output = Scratch.directory("output").resolve("log");
    Process process =
        new ProcessBuilder(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=256k none \"$0\" && exec \"$@\"",
                disk.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                OwnJvm.class.getName(),
                container.name(),
                disk.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as(output.toString()).isTrue();
    } finally {
      // unshare has become the program that it was to start.
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    for (String line :
        // Error number 51 (NOSPC).
        List.of(
            "/fill?fill 200 262144 bytes, 0 entries, 51", "/grow 500", "/good?bytes&5 200 xxxxx")) {
      assertThat(lines).filteredOn(line::equals).as(lines.toString()).hasSize(2);
    }
    // memory.grow answered -1 below the size of the heap, and the guest went on to say so. Nobody
    // else ran out of it.
    assertThat(lines)
        .filteredOn(line -> line.matches("log: .* exit code [1-9]\\d{1,3}"))
        .hasSize(2);
    assertThat(lines).noneMatch(line -> line.contains("OutOfMemoryError"));
  }

  @OnEveryContainer
  void aClientGoesAwayAtEveryStage(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(new HostileTree(), container)) {
      String probe = app.contextPath() + "/good";
      abandonAtEveryStage(app, probe);
      Holdings before = Holdings.now();
      for (int i = 0; i < 20; i++) {
        abandonAtEveryStage(app, probe);
      }
      before.assertNoMoreIsHeld();
      assertServes(app);
    }
  }

  private static void abandonAtEveryStage(WebApp.Deployed app, String probe) throws IOException {
    String post = "POST " + probe + "?echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n";
    for (String part :
        List.of(
            "",
            post.substring(0, 10),
            post.substring(0, post.length() - 4),
            post,
            post + "12345",
            post + "1234567890",
            "GET " + probe + "?sleep&20 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET " + probe + "?forever HTTP/1.1\r\nHost: a\r\n\r\n")) {
      try (RawHttp client = new RawHttp(app.port())) {
        client.send(part);
      }
    }
    // In the middle of the response.
    try (RawHttp client = new RawHttp(app.port())) {
      client.send("GET " + probe + "?forever HTTP/1.1\r\nHost: a\r\n\r\n");
      client.readUntil("xxxxxxxxxx");
    }
  }

  @OnEveryContainer
  void theApplicationIsUndeployedInMidRequest(Container container) throws Exception {
    // What the first of a kind leaves is the container's own.
    undeployInMidRequest(container);
    Holdings before = Holdings.now();
    for (int i = 0; i < 3; i++) {
      undeployInMidRequest(container);
    }
    before.assertNoMoreIsHeld();
  }

  private static void undeployInMidRequest(Container container) throws Exception {
    WebApp.Deployed app = deploy(new HostileTree(), container);
    try (RawHttp client = new RawHttp(app.port())) {
      startHolding(client, app, "mine");
      FutureTask<Void> undeploying = new FutureTask<>(app::close, null);
      new Thread(undeploying, "undeploys").start();
      undeploying.get(60, TimeUnit.SECONDS);
    }
  }

  @OnEveryContainer
  void aThousandRequestsLeaveNothing(Container container) throws Exception {
    try (WebApp.Deployed app = deploy(new HostileTree(), container)) {
      for (int i = 0; i < 100; i++) {
        mixedRequest(app, i);
      }
      Holdings before = Holdings.now();
      for (int i = 0; i < 1000; i++) {
        mixedRequest(app, i);
      }
      before.assertNoMoreIsHeld();
      assertServes(app);
    }
  }

  private static void mixedRequest(WebApp.Deployed app, int number) throws IOException {
    String path = app.contextPath();
    String[] targets = {
      path + "/good?bytes&1000",
      path + "/good?trap",
      path + "/good?exit&3",
      path + "/hostile?descriptors",
      path + "/hostile?paths&out/secret&mine&d",
      path + "/hostile?memory",
      path + "/good?env",
      path + "/hostile?large-buffers",
      path + "/private?descriptors"
    };
    assertThat(RawHttp.get(app.port(), targets[number % targets.length]).status()).isIn(200, 500);
  }

  private static WebApp.Deployed deploy(HostileTree tree, Container container) throws Exception {
    return new WebApp()
        .probe()
        .file("WEB-INF/hostile.wasm", Guests.hostile())
        .servlet(
            "hostile", "/hostile",
            "WasmModule", "WEB-INF/hostile.wasm",
            "WasmEnableCGI", "On",
            "WasmMapDir", "/ " + tree.root(),
            "WasmMemoryLimit", "8MB")
        .servlet(
            "private", "/private",
            "WasmModule", "WEB-INF/hostile.wasm",
            "WasmEnableCGI", "On",
            "WasmMapDir", "/ tmp:")
        .servlet("good", "/good", "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On")
        .deploy(container.server());
  }

  /** Begins a request whose guest has a file open and waits for a byte. */
  private static void startHolding(RawHttp client, WebApp.Deployed app, String file)
      throws IOException {
    client.send(
        "POST "
            + app.contextPath()
            + "/hostile?hold&"
            + file
            + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
    client.readUntil("open 0\n");
  }

  private static void assertServes(WebApp.Deployed app) throws IOException {
    assertThat(RawHttp.get(app.port(), app.contextPath() + "/good?bytes&10").body())
        .isEqualTo("x".repeat(10));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
