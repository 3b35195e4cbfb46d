package org.wasmservlet.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build compiles what has changed, and tells what becomes of it. */
@Timeout(120)
class PreparerTest {
  private static final Path APPLICATION = Path.of("../src/test/guests/application.wasm");
  private static final Path MEMORIES =
      Path.of("../wasm-core/src/test/resources/guests/memories.wasm");
  private static final String PREPARED = "/META-INF/wasm-cache/[0-9a-f-]+\\.prepared";
  private static final FileTime BUILT = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path temp;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  @Test
  void theModulesOfAJarAreCompiledOnceAndFoundInItsClassPath() throws IOException {
    files.put("wasm/a.wasm", Files.readAllBytes(APPLICATION));
    Path jar = archive("shop.jar");
    assertThat(preparer().keepingIn(temp.resolve("kept")).jar(jar, List.of())).isTrue();
    assertThat(lines)
        .singleElement()
        .asString()
        .matches(
            "INFO /wasm/a\\.wasm: \\d+ functions, \\d+ bytes in \\S+\\.prepared, \\d+\\.\\d s");
    Set<String> after = entries(jar);
    assertThat(after).hasSize(3).anyMatch(name -> name.matches(PREPARED));

    Path again = archive("shop.jar");
    assertThat(preparer().keepingIn(temp.resolve("kept")).jar(again, List.of())).isTrue();
    assertThat(lines).containsExactly("INFO /wasm/a.wasm: is prepared, and up to date");
    assertThat(entries(again)).isEqualTo(after);
  }

  @Test
  void whatIsKeptAndDamagedIsMadeAnew() throws IOException {
    files.put("a.wasm", Files.readAllBytes(APPLICATION));
    Path kept = temp.resolve("kept");
    preparer().keepingIn(kept).jar(archive("shop.jar"), List.of());
    Path file = list(kept).get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    preparer().keepingIn(kept).jar(archive("shop.jar"), List.of());
    assertThat(lines).singleElement().asString().contains(" functions, ");
    assertThat(list(kept)).containsExactly(file);
    assertThat(Files.size(file)).isEqualTo(whole.length);
  }

  @Test
  void anExecutableJarOfSpringBootHasThemWhereItHasItsClasses() throws IOException {
    files.put("BOOT-INF/classes/wasm/a.wasm", Files.readAllBytes(APPLICATION));
    Path jar = archive("shop.jar");
    assertThat(preparer().jar(jar, List.of())).isTrue();
    assertThat(entries(jar)).anyMatch(name -> name.matches("/BOOT-INF/classes" + PREPARED));
  }

  @Test
  void whatAnArchiveIsGivenIsAsOldAsItsManifest() throws IOException {
    files.put("BOOT-INF/classes/a.wasm", Files.readAllBytes(APPLICATION));
    Path jar = archive("shop.jar");
    preparer().jar(jar, List.of());
    byte[] first = Files.readAllBytes(jar);
    try (ZipFile opened = new ZipFile(jar.toFile())) {
      assertThat(opened.stream())
          .hasSize(5)
          .allMatch(entry -> entry.getLastModifiedTime().equals(BUILT));
    }
    preparer().jar(archive("shop.jar"), List.of());
    assertThat(jar).hasBinaryContent(first);
  }

  @Test
  void bothFormsAreMadeWhereNobodySeesWhichIsNeeded() throws IOException {
    files.put("a.wasm", Files.readAllBytes(APPLICATION));
    Path jar = archive("shop.jar");
    preparer().inBothForms().jar(jar, List.of());
    assertThat(entries(jar)).filteredOn(name -> name.matches(PREPARED)).hasSize(2);
  }

  @Test
  void modulesThatAreNotChosenAreLeftAndOthersMayBeNamed() throws IOException {
    files.put("a.wasm", Files.readAllBytes(APPLICATION));
    files.put("text.wasm", "no module".getBytes(UTF_8));
    Path jar = archive("shop.jar");
    assertThat(Preparer.modulesIn(jar)).containsExactly("a.wasm", "text.wasm");
    assertThat(preparer().choosing(Set.of()).jar(jar, List.of(APPLICATION))).isTrue();
    assertThat(lines).singleElement().asString().startsWith("INFO " + APPLICATION + ": ");
    assertThat(preparer().jar(jar, List.of())).isFalse();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("ERROR /text.wasm: "))
        .anyMatch(line -> line.startsWith("INFO /a.wasm: "));
  }

  @Test
  void whatEveryStartWouldCompileIsAWarningOrIfThatIsWantedAnError() throws IOException {
    files.put("memories.wasm", Files.readAllBytes(MEMORIES));
    Path jar = archive("shop.jar");
    assertThat(preparer().jar(jar, List.of())).isTrue();
    assertThat(lines)
        .containsExactly(
            "WARNING /memories.wasm: uses multiple memories, which the server compiles at every start");
    assertThat(preparer().strict().jar(jar, List.of())).isFalse();
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("ERROR /memories.wasm: uses multiple memories");
  }

  @Test
  void programsAreFrozenUnlessThatIsNotWantedAndNothingElseIfOnlyThatIs() throws IOException {
    files.put("WEB-INF/a.wasm", Files.readAllBytes(APPLICATION));
    files.put("WEB-INF/other.wasm", "no module".getBytes(UTF_8));
    files.put("WEB-INF/app/version", "1".getBytes(UTF_8));
    files.put(
        "WEB-INF/wasm.conf",
        """
        <Location "/a">
          SetHandler wasm-handler
          WasmModule WEB-INF/a.wasm
          WasmEnableCGI On
          WasmGateway scgi
          WasmFreeze stdin
          WasmMapDir /app WEB-INF/app ro
        </Location>
        """
            .getBytes(UTF_8));
    Path war = archive("shop.war");
    assertThat(preparer().withoutFreezing().choosing(Set.of("WEB-INF/a.wasm")).war(war, List.of()))
        .isTrue();
    assertThat(lines).singleElement().asString().startsWith("INFO /WEB-INF/a.wasm: ");
    assertThat(preparer().onlyFreezing().war(war, List.of())).isTrue();
    assertThat(lines)
        .hasSize(2)
        .contains("INFO /WEB-INF/a.wasm: is prepared, and up to date")
        .anyMatch(line -> line.startsWith("INFO servlet '/a': is frozen where it "));
    assertThat(entries(war)).anyMatch(name -> name.endsWith(".frozen"));
    assertThat(preparer().withoutFreezing().choosing(Set.of()).war(war, List.of())).isTrue();
    assertThat(entries(war)).anyMatch(name -> name.endsWith(".frozen"));
  }

  @Test
  void whatIsNoArchiveStaysAsItIs() throws IOException {
    Path text = Files.writeString(temp.resolve("text.jar"), "no archive");
    assertThatThrownBy(() -> preparer().jar(text, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("it does not begin as an archive: ");
    assertThatThrownBy(() -> preparer().war(text, List.of()))
        .hasMessageStartingWith("it does not begin as an archive: ");
    assertThat(text).hasContent("no archive");
  }

  @Test
  void anArchiveThatBeginsWithAScriptIsRefusedAndStaysAsItIs() throws IOException {
    files.put("a.wasm", Files.readAllBytes(APPLICATION));
    byte[] plain = Files.readAllBytes(archive("shop.jar"));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(UTF_8));
    content.writeBytes(plain);
    Path jar = Files.write(temp.resolve("shop.jar"), content.toByteArray());
    assertThatThrownBy(() -> preparer().jar(jar, List.of()))
        .hasMessageContaining("has to be prepared before that");
    assertThat(jar).hasBinaryContent(content.toByteArray());
  }

  private Preparer preparer() {
    lines.clear();
    return Preparer.telling((Level level, String line) -> lines.add(level + " " + line));
  }

  private Path archive(String name) throws IOException {
    Path archive = temp.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      put(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n".getBytes(UTF_8));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(zip, file.getKey(), file.getValue());
      }
    }
    return archive;
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(BUILT);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  private static Set<String> entries(Path archive) throws IOException {
    Set<String> entries = new TreeSet<>();
    try (FileSystem opened = FileSystems.newFileSystem(archive);
        Stream<Path> walk = Files.walk(opened.getPath("/"))) {
      walk.filter(Files::isRegularFile).forEach(file -> entries.add(file.toString()));
    }
    return entries;
  }
}
