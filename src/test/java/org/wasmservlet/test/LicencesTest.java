package org.wasmservlet.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jars that have other people's libraries in them bring along under which licences these are. */
class LicencesTest {
  private static final String VERSION = System.getProperty("wasm-servlet.version");
  private static final String APACHE = "META-INF/LICENSE";
  private static final String ASM = "META-INF/LICENSE-asm.txt";

  /** By the packages' beginning. */
  private static final Map<String, String> LICENCES =
      Map.of(
          "org/wasmservlet/", APACHE,
          "com/dylibso/chicory/", APACHE,
          "com/google/gson/", APACHE,
          "org/apache/", APACHE,
          "picocli/", APACHE,
          "org/objectweb/asm/", ASM);

  private static final Map<String, String> SAYING =
      Map.of(
          APACHE,
          "Apache License\n",
          ASM,
          "INRIA, France Telecom",
          "META-INF/LICENSE-jakarta.servlet.txt",
          "Eclipse Public License - v 2.0");

  @ParameterizedTest
  @CsvSource({
    "wasm-server/target/wasm-server-%s.jar, META-INF/LICENSE",
    "wasm-servlet/target/wasm-servlet-%s-cli.jar, META-INF/LICENSE-jakarta.servlet.txt"
  })
  void everyClassIsUnderALicenceThatIsThere(String jar, String ofTheServletApi) throws IOException {
    try (ZipFile zip = open(jar)) {
      assertThat(zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(zip.getEntry(licence(name, ofTheServletApi))).isNotNull());
      for (String licence : List.of(APACHE, ASM, ofTheServletApi)) {
        assertThat(text(zip, licence)).contains(SAYING.get(licence));
      }
    }
  }

  /** Its own, with what it says of schemas; and its notice. */
  @Test
  void tomcatsAreWhole() throws IOException {
    try (ZipFile zip = open("wasm-server/target/wasm-server-%s.jar")) {
      assertThat(text(zip, APACHE))
          .contains(
              "COMMON DEVELOPMENT AND DISTRIBUTION LICENSE", "Eclipse Public License - v 2.0");
      assertThat(text(zip, "META-INF/NOTICE")).contains("Apache Tomcat", "web-app_4_0.xsd");
    }
  }

  private static ZipFile open(String jar) throws IOException {
    return new ZipFile(Path.of("../..", jar.formatted(VERSION)).toFile());
  }

  private static String licence(String name, String ofTheServletApi) {
    String bare = name.replaceFirst("^META-INF/versions/\\d+/", "");
    return bare.startsWith("jakarta/")
        ? ofTheServletApi
        : LICENCES.entrySet().stream()
            .filter(each -> bare.startsWith(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " is under no licence that we know"));
  }

  private static String text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(zip.getInputStream(entry).readAllBytes(), UTF_8);
  }
}
