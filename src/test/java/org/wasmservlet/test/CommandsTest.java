package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.wasmservlet.test.container.CommandLine;
import org.wasmservlet.test.container.Interpreters;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;

/** An owner's commands are run as the application would be, and may write. */
class CommandsTest {
  @Test
  void aScriptOfPythonsIsRunWhereTheApplicationIs() throws Exception {
    Path written = Scratch.directory("written");
    Path root =
        new WebApp()
            .servlet(
                "shop",
                "/shop/*",
                Interpreters.python(
                    "scripts",
                    "WasmGateway",
                    "scgi",
                    "WasmMapDir",
                    "/written \"" + written + "\" ro",
                    "WasmApplication",
                    "cgi:request.py"))
            .complete();
    assertThat(CommandLine.run("--run", root.toString(), "shop", "command.py", "a b", "-c"))
        .contains("['/app/command.py', 'a b', '-c'] /app /app yes \n");
    assertThat(written.resolve("by-a-command"))
        .hasContent("in a directory that requests only read");
    assertThat(CommandLine.run("--run", root.toString(), "shop", "-m", "base64", "-t"))
        .contains("b'Aladdin:open sesame'");
  }

  @Test
  void aScriptOfRubysIsRunWhereTheApplicationIs() throws Exception {
    Path root =
        new WebApp()
            .servlet(
                "shop",
                "/shop/*",
                Interpreters.ruby("ruby", "WasmGateway", "scgi", "WasmApplication", "config.ru"))
            .complete();
    String script = "puts [Dir.pwd, ENV[\"OF_THE_ROUTE\"], ARGV].inspect";
    assertThat(CommandLine.run("--run", root.toString(), "shop", "-e", script, "a b"))
        .contains("[\"/app\", \"yes\", [\"a b\"]]\n");
  }
}
