package org.wasmservlet.server.console;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Tells how far the programs have come that are loaded while the server serves already ({@code
 * WasmPreload Background}), of all web applications, as JMX has it.
 */
public final class Programs {
  private static final long LOOK_MILLIS = 250;

  private final MBeanServer server;
  private final PrintStream out;
  private final long start = System.nanoTime();

  /**
   * Tells until none is being loaded any more; nothing if none is.
   *
   * @param out where
   */
  public static void tellInBackground(PrintStream out) {
    Programs programs = new Programs(ManagementFactory.getPlatformMBeanServer(), out);
    Thread thread = new Thread(programs::tell, "tell-progress");
    // A server that is stopped does not wait for programs.
    thread.setDaemon(true);
    thread.start();
  }

  Programs(MBeanServer server, PrintStream out) {
    this.server = server;
    this.out = out;
  }

  private void tell() {
    try {
      tellWhenTheyAreReady();
    } catch (JMException e) {
      throw new IllegalStateException("the library's beans have what is asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when none is being loaded any more; says nothing if none was. */
  void tellWhenTheyAreReady() throws JMException, InterruptedException {
    List<String> loading = inState("loading");
    if (loading.isEmpty()) {
      return;
    }
    out.println();
    out.println("These are being loaded, and make some pages before yours, which wait:");
    out.println("    " + String.join(", ", loading));
    out.println("The first start compiles them. Later ones do not.");
    out.println();
    while (!loading.isEmpty()) {
      Thread.sleep(LOOK_MILLIS);
      List<String> now = inState("loading");
      loading.removeAll(now);
      loading.removeAll(inState("failed"));
      if (!loading.isEmpty()) {
        say(String.join(", ", loading) + (now.isEmpty() ? "" : "; still loading: " + now.size()));
      }
      loading = now;
    }
    List<String> failed = inState("failed");
    say(failed.isEmpty() ? "all programs" : "all but " + String.join(", ", failed));
  }

  private void say(String what) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    out.println("Ready after " + seconds + " s: " + what);
  }

  private List<String> inState(String state) throws JMException {
    List<String> names = new ArrayList<>();
    for (ObjectName route :
        server.queryNames(new ObjectName("org.wasmservlet:type=Route,*"), null)) {
      try {
        if (server.getAttribute(route, "State").equals(state)) {
          String servlet = route.getKeyProperty("servlet");
          names.add(servlet == null ? route.getKeyProperty("filter") : servlet);
        }
      } catch (InstanceNotFoundException e) {
        // Its web application has just been stopped.
      }
    }
    names.sort(null);
    return names;
  }
}
