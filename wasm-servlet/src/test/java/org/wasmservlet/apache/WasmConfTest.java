package org.wasmservlet.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasmservlet.directive.Words;

class WasmConfTest {
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> process = new HashMap<>();

  @Example
  void readsTheBlocksOfAFile() throws ConfigException {
    List<LocationBlock> blocks =
        read(
            """
            # Two applications.
            <Location /python-app>
                SetHandler wasm-handler
                WasmModule /srv/python.wasm

                WasmArg /app/app.py
                WasmEnv PYTHONHOME /usr/local
                wasmenv TITLE "two words"
                WasmMapDir /usr/local /srv/python
                WasmENABLECGI On
            </Location>

            <location "/second app/">
              sethandler wasm-handler
              WasmModule "/srv/python.wasm"
            </LOCATION >
            """);
    assertThat(blocks)
        .containsExactly(
            new LocationBlock(
                "/python-app",
                new Position("wasm.conf", 2),
                Map.of(
                    "WasmModule",
                    "/srv/python.wasm",
                    "WasmArg",
                    "/app/app.py",
                    "WasmEnv",
                    "PYTHONHOME /usr/local\nTITLE \"two words\"",
                    "WasmMapDir",
                    "/usr/local /srv/python",
                    "WasmEnableCGI",
                    "On")),
            new LocationBlock(
                "/second app",
                new Position("wasm.conf", 13),
                Map.of("WasmModule", "/srv/python.wasm")));
  }

  @Example
  void continuesLines() throws ConfigException {
    assertThat(
            read(
                "<Location /a>\r\nSetHandler wasm-handler\r\nWasmArg \\\r\n  x\r\n</Location>\r\n"))
        .extracting(LocationBlock::initParams)
        .containsExactly(Map.of("WasmArg", "x"));
    assertThat(read("# a comment \\\nWasmWhatever \\\n</Nothing>\n")).isEmpty();
    assertThatThrownBy(() -> read("Define A \\\n  b\nNope\n"))
        .hasMessage("wasm.conf:3: Nope: not a directive that is known here");
    assertThatThrownBy(() -> read("\nNope \\\n\\\nx\n")).hasMessageStartingWith("wasm.conf:2: ");
  }

  @Example
  void takesARootAndAHandlerForSuffixes() throws ConfigException {
    assertThat(read("<Location />\nAddHandler wasm-handler .php .phtml\n</Location>"))
        .containsExactly(
            new LocationBlock(
                "", new Position("wasm.conf", 1), Map.of("WasmHandler", ".php .phtml")));
  }

  @Example
  void replacesVariables() throws ConfigException {
    process.put("HOME", "/home/me");
    process.put("MODULES", "not this one");
    assertThat(
            read(
                """
                Define MODULES "/srv/my modules"
                Define php.wasm ${MODULES}/php.wasm
                Define EMPTY
                <Location /${EMPTY}php>
                  SetHandler wasm-handler
                  WasmModule ${php.wasm}
                  WasmEnv HOME ${HOME}
                </Location>
                """))
        .extracting(LocationBlock::path, LocationBlock::initParams)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "/php",
                Map.of("WasmModule", "\"/srv/my modules/php.wasm\"", "WasmEnv", "HOME /home/me")));
  }

  @Example
  void includesFiles() throws ConfigException {
    files.put("python.inc", "WasmModule /srv/python.wasm\nWasmEnv PYTHONHOME ${HOME_OF_PYTHON}\n");
    files.put(
        "WEB-INF/b.conf",
        "<Location /b>\nSetHandler wasm-handler\nInclude python.inc\n</Location>");
    List<LocationBlock> blocks =
        read(
            """
            Define HOME_OF_PYTHON /usr/local
            <Location /a>
              SetHandler wasm-handler
              Include python.inc
            </Location>
            Include WEB-INF/b.conf
            """);
    assertThat(blocks).extracting(LocationBlock::path).containsExactly("/a", "/b");
    assertThat(blocks)
        .extracting(LocationBlock::initParams)
        .allMatch(blocks.get(0).initParams()::equals);
    assertThat(blocks.get(1).position()).isEqualTo(new Position("WEB-INF/b.conf", 1));
  }

  @Example
  void namesTheIncludedFileThatIsWrong() {
    files.put("x.inc", "\nWasmModul /srv/x.wasm");
    assertThatThrownBy(() -> read("<Location /a>\nInclude x.inc\n</Location>"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "x.inc:2: WasmModul '/srv/x.wasm': no such parameter; did you mean WasmModule?");
    files.put("loop.inc", "Include loop.inc");
    assertThatThrownBy(() -> read("Include loop.inc"))
        .hasMessage("loop.inc:1: Include 'loop.inc': is being read already");
    assertThatThrownBy(() -> read("Include none.inc"))
        .hasMessage("wasm.conf:1: Include 'none.inc': not there");
    assertThatThrownBy(() -> WasmConf.read("none.conf", this::text, process::get))
        .hasMessage("none.conf: not there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Options Indexes | 3: Options: not a directive that is known here",
        "LogFormat \"%h \\\"%r | 3: LogFormat: not a directive that is known here",
        "WasmModul x | 3: WasmModul 'x': no such parameter; did you mean WasmModule?",
        "WasmModule | 3: WasmModule: has no value",
        "WasmModule a b | 3: WasmModule 'a b': takes one word",
        "WasmEnv A | 3: WasmEnv 'A': takes 2 words",
        "WasmEnv \"A | 3: WasmEnv '\"A': a quote (\") is not closed",
        "WasmArg ${none} | 3: WasmArg '${none}': ${none} is neither",
        "SetHandler cgi-script | 3: SetHandler 'cgi-script': must be wasm-handler",
        "SetHandler | 3: SetHandler '': must be wasm-handler",
        "AddHandler wasm-handler | 3: AddHandler 'wasm-handler': must be wasm-handler and suffixes",
        "Define | 3: Define '': takes a name and a value",
        "Define a:b c | 3: Define 'a:b c': not a name",
        "Include a b | 3: Include 'a b': takes the name of one file",
        "<Location /b> | 3: <Location>: the one of wasm.conf:1 has no </Location> yet",
        "<IfModule wasm_module> | 3: <IfModule>: only <Location> is known here",
        "</Location /a> | 3: </Location>: takes no argument",
        "<Location /b | 3: <Location /b: has no > at its end"
      })
  void refusesWhatItDoesNotKnow(String line, String message) {
    assertThatThrownBy(
            () -> read("<Location /a>\nSetHandler wasm-handler\n" + line + "\n</Location>"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("wasm.conf:" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WasmModule x | 1: WasmModule: must be inside a <Location>",
        "SetHandler wasm-handler | 1: SetHandler: must be inside a <Location>",
        "</Location> | 1: </Location>: there is no <Location>",
        "<Location /a> | 1: <Location>: has no </Location>",
        "<Location> | 1: <Location> '': must have one path",
        "<Location /a b> | 1: <Location> '/a b': must have one path",
        "<Location ~ \"^/a\"> | 1: <Location> '~ \"^/a\"': must have one path",
        "<Location a> | 1: <Location> 'a': the path must begin with a slash"
      })
  void refusesWhatIsOutOfPlace(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("wasm.conf:" + message);
  }

  @Example
  void refusesABlockWithoutHandlerAndASecondOfTheSamePath() {
    assertThatThrownBy(() -> read("\n<Location /a>\nWasmModule x\n</Location>"))
        .hasMessage("wasm.conf:2: <Location>: has no SetHandler wasm-handler");
    String block = "<Location /a>\nSetHandler wasm-handler\n</Location>\n";
    assertThatThrownBy(() -> read(block + block.replace("/a", "/a/")))
        .hasMessage("wasm.conf:4: <Location>: this path has a block already, wasm.conf:1");
    assertThatThrownBy(
            () ->
                read(
                    "<Location /a>\nSetHandler wasm-handler\nWasmModule a\nWasmModule b\n</Location>"))
        .hasMessage("wasm.conf:4: WasmModule 'b': may be given only once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a//b", "//", "/a/../b", "/./a", "/a*", "/[ab]", "/a;b", "/a%20b", "/a?b"})
  void refusesPathsThatAreNotPlain(String path) {
    assertThatThrownBy(() -> read("<Location " + path + ">")).hasMessageContaining("the path must");
  }

  @Example
  void refusesValuesThatNoLineCouldHold() {
    process.put("LINES", "a\nb");
    process.put("AGAIN", "${LINES}");
    assertThatThrownBy(() -> read("Define A ${LINES}")).hasMessageContaining("has a line break");
    assertThatThrownBy(() -> read("Define A ${AGAIN}")).hasMessageContaining("has a line break");
  }

  @Property
  void keepsEveryWordAsItIs(@ForAll("arguments") List<String> arguments) throws Exception {
    String lines =
        arguments.stream()
            .map(word -> "  WasmArg " + Words.join(List.of(word)) + "\n")
            .collect(Collectors.joining());
    List<LocationBlock> blocks =
        read("<Location /a>\nSetHandler wasm-handler\n" + lines + "</Location>\n");
    String value = blocks.get(0).initParams().get("WasmArg");
    assertThat(value.lines().map(Words::split))
        .containsExactlyElementsOf(arguments.stream().map(List::of).toList());
  }

  @Property
  void reportsEveryTextThatItCannotUse(@ForAll("texts") String text) {
    Map<String, LocationBlock> paths = new LinkedHashMap<>();
    try {
      read(text).forEach(block -> assertThat(paths.put(block.path(), block)).isNull());
    } catch (ConfigException e) {
      assertThat(e.getMessage()).matches("(?s)wasm\\.conf:\\d+: .+");
    }
  }

  @Provide
  Arbitrary<List<String>> arguments() {
    return Arbitraries.strings()
        .withChars("ab \t\"'\\#<>$")
        .withChars('\u2003', '\u00e9')
        .ofMaxLength(8)
        .filter(word -> !word.endsWith("\\"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "<Location /a>",
            "<Location ",
            "</Location>",
            "SetHandler wasm-handler",
            "WasmModule ",
            "WasmArg x",
            "Define X y",
            "${X}",
            "Include x",
            "\\",
            "\n",
            "\n",
            "\"",
            "'",
            "#",
            ">",
            " ",
            "<",
            "\t",
            "\u0000")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private List<LocationBlock> read(String text) throws ConfigException {
    files.put("wasm.conf", text);
    return WasmConf.read("wasm.conf", this::text, process::get);
  }

  private String text(String name) throws FileNotFoundException {
    String text = files.get(name);
    if (text == null) {
      throw new FileNotFoundException("not there");
    }
    return text;
  }
}
