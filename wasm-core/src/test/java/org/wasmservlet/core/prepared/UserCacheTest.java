package org.wasmservlet.core.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  private static final Map<String, String> CHOSEN =
      Map.of("XDG_CACHE_HOME", "/cache", "LOCALAPPDATA", "/local");

  @Test
  void isWhatTheUserHasChosen() {
    assertThat(UserCache.folder("Linux", "/home/me", CHOSEN)).isEqualTo(Path.of("/cache"));
    assertThat(UserCache.folder("Windows 11", "/home/me", CHOSEN)).isEqualTo(Path.of("/local"));
  }

  @Test
  void isWhereTheSystemHasItOtherwise() {
    assertThat(UserCache.folder("Linux", "/home/me", Map.of()))
        .isEqualTo(Path.of("/home/me/.cache"));
    assertThat(UserCache.folder("Linux", "/home/me", Map.of("XDG_CACHE_HOME", "cache")))
        .isEqualTo(Path.of("/home/me/.cache"));
    assertThat(UserCache.folder("Mac OS X", "/home/me", CHOSEN))
        .isEqualTo(Path.of("/home/me/Library/Caches"));
    assertThat(UserCache.folder("Windows 11", "/home/me", Map.of()))
        .isEqualTo(Path.of("/home/me/AppData/Local"));
  }
}
