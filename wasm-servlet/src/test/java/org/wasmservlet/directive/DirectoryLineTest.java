package org.wasmservlet.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryLineTest {
  @Test
  void isWritableUnlessItSaysOtherwise() throws DirectiveException {
    assertThat(DirectoryLine.of(Directive.DIR, List.of("/srv")))
        .isEqualTo(new DirectoryLine("/srv", "/srv", false));
    assertThat(DirectoryLine.of(Directive.DIR, List.of("/srv", "rw")))
        .isEqualTo(new DirectoryLine("/srv", "/srv", false));
    assertThat(DirectoryLine.of(Directive.DIR, List.of("/srv", "ro")))
        .isEqualTo(new DirectoryLine("/srv", "/srv", true));
    assertThat(DirectoryLine.of(Directive.MAP_DIR, List.of("/app", "php")))
        .isEqualTo(new DirectoryLine("/app", "php", false));
    assertThat(DirectoryLine.of(Directive.MAP_DIR, List.of("/app", "php", "ro")))
        .isEqualTo(new DirectoryLine("/app", "php", true));
  }

  @Test
  void takesADirectoryThatIsCalledLikeAnAccess() throws DirectiveException {
    assertThat(DirectoryLine.of(Directive.DIR, List.of("ro")).hostDirectory()).isEqualTo("ro");
    assertThat(DirectoryLine.of(Directive.MAP_DIR, List.of("/app", "rw")).hostDirectory())
        .isEqualTo("rw");
  }

  @Test
  void knowsThePrivateDirectory() throws DirectiveException {
    assertThat(DirectoryLine.of(Directive.MAP_DIR, List.of("/tmp", "tmp:")).isPrivate()).isTrue();
    assertThat(DirectoryLine.of(Directive.MAP_DIR, List.of("/tmp", "tmp")).isPrivate()).isFalse();
    refuses(Directive.MAP_DIR, List.of("/tmp", "tmp:", "ro"), "cannot be read-only");
  }

  @Test
  void refusesAnotherLastWord() {
    refuses(
        Directive.MAP_DIR,
        List.of("/app", "my", "dir"),
        "WasmMapDir '/app my dir': 'dir' is neither ro");
    refuses(Directive.DIR, List.of("/srv", "RO"), "WasmDir '/srv RO': 'RO' is neither ro");
  }

  @Test
  void knowsASharedDirectoryByItsName() throws DirectiveException {
    DirectoryLine line = DirectoryLine.of(Directive.MAP_DIR, List.of("/tmp", "tmp:my-app_1"));
    assertThat(line.isShared()).isTrue();
    assertThat(line.isPrivate()).isFalse();
    assertThat(line.name()).isEqualTo("my-app_1");
    assertThat(DirectoryLine.of(Directive.MAP_DIR, List.of("/tmp", "tmp:")).isShared()).isFalse();
    for (String name : List.of("..", "a/b", "/a", ".a", "a b", "a".repeat(101))) {
      refuses(Directive.MAP_DIR, List.of("/tmp", "tmp:" + name), "is no name");
    }
  }

  private static void refuses(Directive directive, List<String> words, String message) {
    assertThatThrownBy(() -> DirectoryLine.of(directive, words))
        .isInstanceOf(DirectiveException.class)
        .hasMessageContaining(message);
  }
}
