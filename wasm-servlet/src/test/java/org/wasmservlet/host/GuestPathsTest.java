package org.wasmservlet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestPathsTest {
  private static final Map<String, Path> PREOPENS =
      Map.of(
          "/app", Path.of("/srv/shop"),
          "/files", Path.of("/srv/shop/data"),
          "/tmp", Path.of("/tmp"),
          ".", Path.of("/srv/work"));

  @Test
  void mapsByTheLongestHostPrefix() {
    GuestPaths paths = new GuestPaths(PREOPENS, true);
    assertThat(paths.of(Path.of("/srv/shop/index.php"))).isEqualTo("/app/index.php");
    assertThat(paths.of(Path.of("/srv/shop/data/a/b"))).isEqualTo("/files/a/b");
    assertThat(paths.of(Path.of("/srv/shop"))).isEqualTo("/app");
    assertThat(paths.of(Path.of("/srv/work/x"))).isEqualTo("./x");
  }

  @Test
  void takesWholeNamesOnly() {
    assertThat(new GuestPaths(PREOPENS, true).of(Path.of("/srv/shop2/index.php"))).isNull();
  }

  @Test
  void mapsTheRootDirectory() {
    GuestPaths paths = new GuestPaths(Map.of("/", Path.of("/srv/shop")), true);
    assertThat(paths.of(Path.of("/srv/shop/a.php"))).isEqualTo("/a.php");
    assertThat(paths.of(Path.of("/srv/shop"))).isEqualTo("/");
  }

  @Test
  void tellsHostPathsOnlyWhereTheGuestHasThemWhenMappingIsOff() {
    GuestPaths paths = new GuestPaths(PREOPENS, false);
    assertThat(paths.of(Path.of("/tmp/x"))).isEqualTo("/tmp/x");
    assertThat(paths.of(Path.of("/srv/shop/index.php"))).isNull();
    assertThat(paths.of(null)).isNull();
  }
}
