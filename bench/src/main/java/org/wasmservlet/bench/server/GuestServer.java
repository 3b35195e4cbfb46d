package org.wasmservlet.bench.server;

import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasmservlet.WasmServlet;

/** The process of one of our own systems: serves until it is ended. */
public final class GuestServer {
  private GuestServer() {}

  /**
   * A servlet of a container.
   *
   * @param program what it answers for
   * @param servlet its class
   * @param initParams by name
   */
  record Mapping(
      Program program, Class<? extends HttpServlet> servlet, Map<String, String> initParams) {
    String pattern() {
      return switch (program) {
        case PHP -> "/php/*";
        case FLASK, DJANGO -> program.path + "*";
        default -> program.path;
      };
    }
  }

  /**
   * Serves.
   *
   * @param arguments the system's word; the site's folders: work, runtimes, sample; a folder for
   *     the container; a file that the port is written to when all programs are loaded; the
   *     programs' words
   * @throws Exception if the container does not start
   */
  public static void main(String[] arguments) throws Exception {
    Site site = new Site(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
    List<String> programs = List.of(arguments).subList(6, arguments.length);
    boolean frozen = arguments[0].equals(Kind.TOMCAT_FROZEN.word);
    List<Mapping> mappings = new ArrayList<>();
    for (Guest guest : Guest.all(site)) {
      if (programs.contains(guest.program().word())) {
        mappings.add(
            new Mapping(
                guest.program(),
                WasmServlet.class,
                frozen ? guest.frozenInitParams(site) : guest.initParams(site)));
      }
    }
    mappings.add(new Mapping(Program.PLAIN, PlainServlet.class, Map.of()));
    TomcatFilters filters = new TomcatFilters(site, programs, frozen);
    Path folder = Path.of(arguments[4]);
    int port =
        switch (arguments[0]) {
          case "tomcat", "tomcat-frozen" -> TomcatContainer.start(folder, mappings, filters, false);
          case "tomcat-virtual" -> TomcatContainer.start(folder, mappings, filters, true);
          case "jetty" -> JettyContainer.start(folder, mappings);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    Files.writeString(Path.of(arguments[5]), Integer.toString(port));
    Thread.currentThread().join();
  }
}
