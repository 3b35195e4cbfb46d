package org.wasmservlet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that are named are files. */
class NamedModulesTest {
  @TempDir Path temp;

  @Test
  void filesAreTaken() throws Exception {
    Path module = Files.createFile(temp.resolve("a.wasm"));
    assertThat(NamedModules.files(List.of(module.toFile()))).containsExactly(module);
    assertThat(NamedModules.files(List.of())).isEmpty();
  }

  @Test
  void whatIsNoneIsNamedWithTheParameter() {
    assertThatThrownBy(() -> NamedModules.files(List.of(new File("/none/a.wasm"))))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("modules (-Dwasm.modules): " + new File("/none/a.wasm") + ": no such file");
    assertThatThrownBy(() -> NamedModules.files(List.of(temp.toFile())))
        .hasMessage("modules (-Dwasm.modules): " + temp + ": not a regular file");
    assertThatThrownBy(() -> NamedModules.files(Arrays.asList((File) null)))
        .hasMessage("modules (-Dwasm.modules): a name is empty");
  }
}
