package org.wasmservlet.sample.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of which the executable jar or WAR has the only copy. */
class ArchivedFilesTest {
  private static final Path PROBE = Path.of(System.getProperty("probe"));

  @TempDir private Path folder;

  @Test
  void programsReadWhatIsInTheArchiveAndInItsJars() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        folder.resolve("application.yaml"),
        """
        wasm:
          routes:
            "[/probe/*]":
              module: file:%s
              map-dir:
                - /own classpath:static ro
                - /library classpath:org/wasmservlet/application/python ro
                - /bare classpath:bare/data/ ro
                - /of-jars more ro
                - /of-application pages ro
                - /written file:data
                - "/tmp tmp:"
        """
            .formatted(PROBE));
    try (RunningJar sample = new RunningJar(enlarged(), folder)) {
      assertThat(sample.hasStarted()).describedAs(sample.log()).isTrue();
      assertThat(read(sample, "/own/index.html")).startsWith("<!DOCTYPE html>");
      assertThat(read(sample, "/library/start.py")).contains("import");
      assertThat(read(sample, "/bare/file.txt")).isEqualTo("of a jar without directories");
      assertThat(read(sample, "/of-jars/file.txt")).isEqualTo("of a jar's resources");
      assertThat(read(sample, "/of-application/file.txt")).isEqualTo("of its own resources");
    }
  }

  private static String read(RunningJar sample, String file) throws Exception {
    return sample.get("/probe?cat&" + file).body();
  }

  /** The application with a jar more, which has no entries for its directories. */
  private Path enlarged() throws IOException {
    Path original = Path.of(System.getProperty("application"));
    Path archive = Files.copy(original, folder.resolve(original.getFileName()));
    boolean isWar = archive.toString().endsWith(".war");
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      add(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n");
      add(zip, "bare/data/file.txt", "of a jar without directories");
      add(zip, "META-INF/resources/more/file.txt", "of a jar's resources");
    }
    try (FileSystem files =
        FileSystems.newFileSystem(archive, Map.of("compressionMethod", "STORED"))) {
      Files.write(
          files.getPath((isWar ? "WEB-INF" : "BOOT-INF") + "/lib/more.jar"), jar.toByteArray());
      Path pages =
          files.getPath((isWar ? "WEB-INF/classes/" : "") + "META-INF/resources/pages/file.txt");
      Files.createDirectories(pages.getParent());
      Files.writeString(pages, "of its own resources");
    }
    return archive;
  }

  private static void add(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(UTF_8));
  }
}
