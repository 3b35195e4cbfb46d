package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Polling;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.TestServer;
import org.wasmservlet.test.container.WebApp;

/**
 * A changed application is loaded by an interpreter that has been started already. Which one that
 * is, the hash of a text tells: each start has another seed.
 */
@Timeout(300)
class ChangedApplicationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The interpreters, and what an application looks like that says what it is. */
  private enum Language {
    PYTHON("shop.py", "shop:application") {
      @Override
      String application(String version) {
        return """
            def application(environ, start_response):
                start_response("200 OK", [("Content-Type", "text/plain")])
                return [f"%s {hash('text')}".encode()]
            """
            .formatted(version);
      }

      @Override
      String[] params(Path directory, String... others) throws IOException {
        return Interpreters.python(directory.toString(), others);
      }
    },

    RUBY("config.ru", "config.ru") {
      @Override
      String application(String version) {
        return """
            run lambda { |env| [200, {"content-type" => "text/plain"}, ["%s #{"text".hash}"]] }
            """
            .formatted(version);
      }

      @Override
      String[] params(Path directory, String... others) throws IOException {
        return Interpreters.ruby(directory.toString(), others);
      }
    };

    private final String file;
    private final String name;

    Language(String file, String name) {
      this.file = file;
      this.name = name;
    }

    abstract String application(String version);

    abstract String[] params(Path directory, String... others) throws IOException;

    /** As an editor does: another file takes its place. */
    void write(Path directory, String version) throws IOException {
      Path written = Files.writeString(directory.resolve("new"), application(version));
      Files.move(written, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    WebApp webApp(Path directory, Path cache) throws IOException {
      return new WebApp()
          .servlet(
              "shop",
              "/shop",
              params(
                  directory,
                  "WasmGateway",
                  "scgi",
                  "WasmApplication",
                  name,
                  "WasmFreeze",
                  "stdin",
                  "WasmUnfrozen",
                  "Refuse",
                  "WasmFreezeKeep",
                  "On",
                  "WasmCacheDir",
                  cache.toString()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isLoadedByTheInterpreterThatHasBeenStartedAlsoAfterARestart(Language language)
      throws Exception {
    Path directory = Scratch.directory("application");
    Path work = Scratch.directory("work");
    WebApp webApp = language.webApp(directory, Scratch.directory("cache").resolve("modules"));
    language.write(directory, "one");
    String interpreter;
    TestServer server = Container.TOMCAT_11.startSharingCore(0, work);
    try (LogCapture log = new LogCapture()) {
      WebApp.Deployed app = webApp.deploy(server);
      interpreter = after("one", app);
      language.write(directory, "two");
      assertThat(after("two", app)).isEqualTo(interpreter);
      language.write(directory, "three");
      assertThat(after("three", app)).isEqualTo(interpreter);
      assertThat(log.messages())
          .filteredOn(m -> m.contains(" has been started up to where it opens /wasm-servlet/"))
          .hasSize(1);
    } finally {
      server.stop();
    }
    server = Container.TOMCAT_11.startSharingCore(0, work);
    try (LogCapture log = new LogCapture()) {
      WebApp.Deployed app = webApp.deploy(server);
      language.write(directory, "four");
      assertThat(after("four", app)).isEqualTo(interpreter);
      assertThat(log.messages()).noneMatch(m -> m.contains(" has been started up to "));
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "PYTHON")
  void isLoadedByANewInterpreterIfThatHasLookedAtTheFile(Language language) throws Exception {
    Path directory = Scratch.directory("application");
    Path early = Scratch.directory("early");
    Files.writeString(early.resolve("sitecustomize.py"), "");
    language.write(directory, "one");
    WebApp webApp =
        new WebApp()
            .servlet(
                "shop",
                "/shop",
                language.params(
                    directory,
                    "WasmGateway",
                    "scgi",
                    "WasmApplication",
                    language.name,
                    "WasmFreeze",
                    "stdin",
                    "WasmEnv",
                    "PYTHONPATH /early",
                    "WasmMapDir",
                    "/early \"" + early + "\" ro"));
    try (WebApp.Deployed app = webApp.deploy(Container.TOMCAT_11.server())) {
      String interpreter = after("one", app);
      Files.writeString(early.resolve("sitecustomize.py"), "import builtins\n");
      Polling.await(PATIENCE, "another interpreter", () -> !text(app).equals("one " + interpreter));
      String another = after("one", app);
      language.write(directory, "two");
      assertThat(after("two", app)).isEqualTo(another);
    }
  }

  /** Waits for a version, and tells which interpreter has loaded it. */
  private static String after(String version, WebApp.Deployed app) throws Exception {
    String[] seen = new String[1];
    Polling.await(
        PATIENCE,
        version,
        () -> {
          seen[0] = text(app);
          return seen[0].startsWith(version + " ");
        });
    return seen[0].substring(version.length() + 1);
  }

  private static String text(WebApp.Deployed app) throws IOException {
    return new ApplicationClient(app, "/shop").text("");
  }
}
