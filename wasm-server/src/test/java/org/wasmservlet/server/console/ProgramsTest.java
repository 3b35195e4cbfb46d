package org.wasmservlet.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server says while programs are being loaded. */
@Timeout(60)
class ProgramsTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Programs programs = new Programs(server, new PrintStream(said, true, UTF_8));

  /** What the library's beans have. */
  public interface RouteMXBean {
    String getState();
  }

  /** Loaded when it has been asked so often. */
  private static final class Route implements RouteMXBean {
    private final String end;
    private int questions;

    Route(int questions, String end) {
      this.questions = questions;
      this.end = end;
    }

    @Override
    public synchronized String getState() {
      return questions-- > 0 ? "loading" : end;
    }
  }

  @Test
  void tellsWhichAreLoadingWhichAreReadyAndWhichFailed() throws Exception {
    register("/,servlet=php", new Route(1, "ready"));
    register("/wordpress,filter=wordpress", new Route(2, "ready"));
    register("/,servlet=broken", new Route(2, "failed"));
    register("/,servlet=rare", new Route(0, "not loaded"));
    programs.tellWhenTheyAreReady();
    assertThat(said.toString(UTF_8).lines().map(line -> line.replaceAll("\\d+ s", "N s")))
        .contains("    broken, php, wordpress")
        .containsSubsequence(
            "Ready after N s: php; still loading: 2",
            "Ready after N s: wordpress",
            "Ready after N s: all but broken");
  }

  @Test
  void saysNothingWhereAllIsLoaded() throws Exception {
    register("/,servlet=php", new Route(0, "ready"));
    programs.tellWhenTheyAreReady();
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  private void register(String rest, Route route) throws Exception {
    server.registerMBean(
        route, new ObjectName("org.wasmservlet:type=Route,host=localhost,context=" + rest));
  }
}
