package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.ContainerLog;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/**
 * Whoever can write a directory can put a link in the place of what it holds: so it holds no other
 * directory that has been given, whichever route or web application has that.
 */
class NestedDirectoriesTest {
  private final Path outer;
  private final Path inner;

  NestedDirectoriesTest() throws Exception {
    outer = Scratch.directory("outer").toRealPath();
    inner = Files.createDirectories(outer.resolve("a/b"));
  }

  @OnEveryContainer
  void areRefusedWithinOneRoute(Container container) throws Exception {
    refuses(
        container,
        "/a " + outer + "\n/b " + inner,
        "WasmMapDir '/a " + outer + "': " + outer + " holds " + inner + ", which ",
        " has as /b: programs could put a link in its place; end the line with ro, or name a"
            + " directory that does not hold it");
    refuses(
        container,
        "/b " + inner + "\n/a " + outer,
        "WasmMapDir '/b " + inner + "': " + inner + " lies in " + outer + ", which ",
        " has as /a, to write there: programs could put a link in its place; leave it out, or name"
            + " a directory outside of it");
    // What may only be read is safe from its own programs, not from a neighbour.
    refuses(
        container,
        "/a " + outer + "\n/b " + inner + " ro",
        "WasmMapDir '/a " + outer + "': " + outer + " holds " + inner);
  }

  @OnEveryContainer
  void areFoundByTheirRealPaths(Container container) throws Exception {
    Path links = Scratch.directory("links").toRealPath();
    Path toInner = Files.createSymbolicLink(links.resolve("inner"), inner);
    Path toOuter = Files.createSymbolicLink(links.resolve("outer"), outer);
    try {
      refuses(
          container,
          "/a " + toOuter + "\n/b " + toInner,
          "WasmMapDir '/a " + toOuter + "': " + outer + " holds " + inner + ", which ");
    } finally {
      Files.delete(toInner);
      Files.delete(toOuter);
    }
  }

  @OnEveryContainer
  void areRefusedByWhicheverRouteComesSecond(Container container) throws Exception {
    String[][] orders = {{outer.toString(), inner.toString()}, {inner + " ro", outer.toString()}};
    for (String[] order : orders) {
      WebApp webApp = new WebApp().probe();
      try (ContainerLog log = new ContainerLog();
          WebApp.Deployed app =
              webApp
                  .servlet("first", "/first", probe("WasmMapDir", "/1 " + order[0]))
                  .servlet("second", "/second", probe("WasmMapDir", "/2 " + order[1]))
                  .deploy(container.server())) {
        assertThat(log.text())
            .contains("servlet 'second': WasmMapDir '/2 " + order[1] + "': ")
            .contains("which servlet 'first' of " + app.contextPath() + "/ has as /1");
        assertThat(status(app, "/first")).isEqualTo(200);
        assertThat(status(app, "/second")).isEqualTo(container.statusOfUnavailableServlet());
      }
    }
  }

  @OnEveryContainer
  void areRefusedByWhicheverWebApplicationComesSecond(Container container) throws Exception {
    WebApp first = new WebApp().probe().servlet("one", "/one", probe("WasmDir", outer.toString()));
    WebApp second = new WebApp().probe().servlet("two", "/two", probe("WasmDir", inner.toString()));
    try (WebApp.Deployed there = first.deploy(container.server())) {
      try (ContainerLog log = new ContainerLog();
          WebApp.Deployed app = second.deploy(container.server())) {
        assertThat(log.text())
            .contains(
                "servlet 'two': WasmDir '"
                    + inner
                    + "': "
                    + inner
                    + " lies in "
                    + outer
                    + ", which servlet 'one' of "
                    + there.contextPath()
                    + "/ has as "
                    + outer);
        assertThat(status(app, "/two")).isEqualTo(container.statusOfUnavailableServlet());
        assertThat(status(there, "/one")).isEqualTo(200);
      }
    }
    try (WebApp.Deployed app = second.deploy(container.server())) {
      assertThat(status(app, "/two")).as("the other one has gone").isEqualTo(200);
    }
  }

  @OnEveryContainer
  void areGivenWhereTheOuterOneCannotBeWritten(Container container) throws Exception {
    Files.writeString(inner.resolve("f"), "content");
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet("p", "/p", probe("WasmMapDir", "/a " + outer + " ro\n/a/a/b " + inner))
            .deploy(container.server())) {
      assertThat(
              RawHttp.get(app.port(), app.contextPath() + "/p?" + Probe.query("cat", "/a/a/b/f"))
                  .body())
          .isEqualTo("content");
    }
  }

  @OnEveryContainer
  void areNotWhatIsTheSameDirectory(Container container) throws Exception {
    try (WebApp.Deployed app =
        new WebApp()
            .probe()
            .servlet("one", "/one", probe("WasmMapDir", "/a " + outer + "\n/b " + outer))
            .servlet("two", "/two", probe("WasmMapDir", "/a " + outer + " ro"))
            .deploy(container.server())) {
      assertThat(status(app, "/one")).isEqualTo(200);
      assertThat(status(app, "/two")).isEqualTo(200);
    }
  }

  private static void refuses(Container container, String directories, String... messages)
      throws Exception {
    try (ContainerLog log = new ContainerLog();
        WebApp.Deployed app =
            new WebApp()
                .probe()
                .servlet("wrong", "/wrong", probe("WasmMapDir", directories))
                .deploy(container.server())) {
      assertThat(log.text()).contains("servlet 'wrong': " + messages[0]).contains(messages);
      assertThat(status(app, "/wrong")).isEqualTo(container.statusOfUnavailableServlet());
    }
  }

  private static String[] probe(String... more) {
    List<String> params =
        new ArrayList<>(List.of("WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On"));
    params.addAll(List.of(more));
    return params.toArray(new String[0]);
  }

  private static int status(WebApp.Deployed app, String path) throws Exception {
    return RawHttp.get(app.port(), app.contextPath() + path + "?bytes&10").status();
  }
}
