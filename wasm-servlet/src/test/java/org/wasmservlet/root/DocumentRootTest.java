package org.wasmservlet.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasmservlet.tree.FileTree;

class DocumentRootTest {
  @TempDir Path temp;
  private Path dir;
  private DocumentRoot root;
  private DocumentRoot falling;

  @BeforeEach
  void makeApplication() throws IOException {
    dir = Files.createDirectories(temp.resolve("app"));
    Files.createDirectories(dir.resolve("sub/empty"));
    Files.createDirectories(dir.resolve(".git"));
    for (String file :
        List.of(
            "index.php",
            "shop.php",
            "UPPER.PHP",
            "style.css",
            "sub/index.php",
            "sub/page.html",
            ".htaccess",
            ".git/config")) {
      Files.writeString(dir.resolve(file), "content");
    }
    Files.writeString(temp.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(dir.resolve("outside.txt"), temp.resolve("secret.txt"));
    Files.createSymbolicLink(dir.resolve("up"), temp);
    Files.createSymbolicLink(dir.resolve("looks-static.txt"), dir.resolve("shop.php"));
    root = root(List.of("index.php", "index.html"), null);
    falling = root(List.of(), "/index.php");
  }

  private DocumentRoot root(List<String> indexes, String fallback) throws IOException {
    return new DocumentRoot(FileTree.of(dir), indexes, List.of(".php"), denied(), fallback);
  }

  @AfterEach
  void close() {
    root.close();
    falling.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /index.php,",
    "/shop.php, /shop.php,",
    "/shop.php/, /shop.php, /",
    "/shop.php/item/7, /shop.php, /item/7",
    "/shop.php/a//b, /shop.php, /a//b",
    "/shop.php/style.css, /shop.php, /style.css",
    "/shop.php/.., /shop.php, /..",
    "/sub/, /sub/index.php,",
    "/sub/index.php/x.php, /sub/index.php, /x.php",
    "/UPPER.PHP, /UPPER.PHP,"
  })
  void findsPrograms(String path, String script, String pathInfo) throws IOException {
    assertThat(root.find(path))
        .isEqualTo(new DocumentRoot.Program(dir.resolve(script.substring(1)), script, pathInfo));
  }

  @Test
  void takesALinkToAProgramForAProgram() throws IOException {
    assertThat(root.find("/looks-static.txt")).isInstanceOf(DocumentRoot.Program.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/style.css", "/sub/page.html"})
  void findsFiles(String path) throws IOException {
    assertFindsFile(path, dir.resolve(path.substring(1)), path);
  }

  @Test
  void findsAKnownFileAsItIsNow() throws IOException {
    Path file = dir.resolve("style.css");
    assertFindsFile("/style.css", file, "/style.css");
    Files.writeString(file, "longer than before");
    assertFindsFile("/style.css", file, "/style.css");
    Files.delete(file);
    assertThat(root.find("/style.css")).isEqualTo(new DocumentRoot.Nothing());
    Files.createDirectory(file);
    assertThat(root.find("/style.css")).isEqualTo(new DocumentRoot.DirectoryWithoutSlash());
  }

  @Test
  void looksAnewWhereAKnownPathLeadsElsewhere() throws IOException {
    Path link = dir.resolve("link.css");
    Files.createSymbolicLink(link, dir.resolve("style.css"));
    assertFindsFile("/link.css", dir.resolve("style.css"), "/link.css");
    Files.delete(link);
    Files.createSymbolicLink(link, temp.resolve("secret.txt"));
    assertThat(root.find("/link.css")).isEqualTo(new DocumentRoot.Withheld());
    Files.delete(link);
    Files.createSymbolicLink(link, dir.resolve("shop.php"));
    assertThat(root.find("/link.css")).isInstanceOf(DocumentRoot.Program.class);
    Files.delete(link);
    Files.createSymbolicLink(link, dir.resolve("sub/page.html"));
    assertFindsFile("/link.css", dir.resolve("sub/page.html"), "/link.css");
  }

  private void assertFindsFile(String path, Path file, String name) throws IOException {
    // The second time its directory is open.
    for (int i = 0; i < 2; i++) {
      try (DocumentRoot.StaticFile found = (DocumentRoot.StaticFile) root.find(path)) {
        assertThat(found.file().path()).isEqualTo(file.toRealPath());
        assertThat(found.path()).isEqualTo(name);
        assertThat(found.file().attributes().size()).isEqualTo(Files.size(file));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/sub"})
  void noticesAMissingSlash(String path) throws IOException {
    assertThat(root.find(path)).isEqualTo(new DocumentRoot.DirectoryWithoutSlash());
  }

  @Test
  void takesALinkFromADeniedNameForDenied() throws IOException {
    Files.writeString(dir.resolve("shop.sqlite"), "data");
    Files.createSymbolicLink(dir.resolve("data.txt"), dir.resolve("shop.sqlite"));
    assertThat(root.find("/data.txt")).isEqualTo(new DocumentRoot.Withheld());
  }

  @Test
  void findsAStaticIndexUnderItsOwnName() throws IOException {
    Path page = Files.writeString(dir.resolve("sub/empty/index.html"), "page");
    assertFindsFile("/sub/empty/", page, "/sub/empty/index.html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.htaccess",
        "/.git/config",
        "/../secret.txt",
        "/sub/../index.php",
        "/./index.php",
        "/outside.txt",
        "/up/secret.txt",
        "/up/",
        "/up",
        "/shop.sqlite",
        "/sub/SHOP.SQLite",
        "/wp-config.php",
        "/WEB-INF/web.xml",
        "/sub/meta-inf/x"
      })
  void withholdsWhatIsNotForVisitors(String path) throws IOException {
    assertThat(root.find(path)).isEqualTo(new DocumentRoot.Withheld());
    assertThat(falling.findOrFallBack(path)).isEqualTo(new DocumentRoot.Withheld());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/none",
        "/none.php",
        "/none.php/x",
        "/none/.git",
        "/sub/empty/",
        "/style.css/",
        "/style.css/x",
        "/index.php.",
        "/index.php ",
        "/index.php::$DATA",
        "/sub\\index.php",
        "//index.php",
        "/index.php\0",
        "/index.php\0.css",
        "/sub//index.php"
      })
  void findsNothingElse(String path) throws IOException {
    assertThat(root.find(path)).isEqualTo(new DocumentRoot.Nothing());
    assertThat(falling.findOrFallBack(path))
        .isEqualTo(new DocumentRoot.Program(dir.resolve("index.php"), "/index.php", null));
  }

  @ParameterizedTest
  @CsvSource({
    "/none, true",
    "/none.css, true",
    "/, true",
    "/sub/, true",
    "/sub/none/, true",
    "/none.php, false",
    "/none.PHP, false",
    "/none.php/x, false",
    "/sub//none, false",
    "//none, false",
    "/none., false",
    "/none:x, false",
    "/none/.git, false",
    "/x.sqlite/y, false",
    "/web-inf/x, false"
  })
  void tellsWhatAContainerMayLookFor(String path, boolean harmless) {
    assertThat(root.isHarmless(path)).isEqualTo(harmless);
  }

  private static DenyPatterns denied() {
    return new DenyPatterns(List.of("*.sqlite", "wp-config.php"));
  }
}
