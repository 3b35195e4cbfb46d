package org.wasmservlet.sample.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a WAR has that a jar has not. */
class ExecutableWarTest {
  @TempDir private Path folder;

  @Test
  void servesWhatItsWebInfHas() throws Exception {
    Path war = Path.of(System.getProperty("application"));
    try (RunningJar sample = new RunningJar(war, folder)) {
      assertThat(sample.hasStarted()).describedAs(sample.log()).isTrue();
      assertThat(sample.get("/conf/a").body()).contains("<h1>Hello from C</h1>", "<td>/a</td>");
      assertThat(sample.get("/actuator/health").body()).contains("\"/conf\":\"ready\"");
    }
  }
}
