package org.wasmservlet.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wasmservlet.measure.Failure;
import org.wasmservlet.measure.MeasuredRequest;
import org.wasmservlet.measure.RouteMetrics;

/** The requests that run, and those that failed lately. */
final class RequestTables {
  private static final int ROWS_AT_MOST = 100;

  private RequestTables() {}

  private record Running(RouteMetrics route, MeasuredRequest request, long ageNanos) {
    /** Most programs that are to be stopped look like this before. */
    boolean isOld() {
      return ageNanos > route.limits().timeout().toNanos() / 2;
    }
  }

  private record Failed(RouteMetrics route, Failure failure) {}

  static void writeRunning(Html html, Snapshot snapshot) {
    // One for all: who came later must not seem to be older.
    long now = System.nanoTime();
    List<Running> running = new ArrayList<>();
    for (RouteMetrics route : snapshot.routes()) {
      for (MeasuredRequest request : route.runningRequests()) {
        running.add(new Running(route, request, request.age(now).toNanos()));
      }
    }
    running.sort(Comparator.comparingLong(Running::ageNanos).reversed());
    html.markup("<section><h2>Running</h2>");
    if (running.isEmpty()) {
      html.markup("<p class=\"note\">No program runs.</p></section>\n");
      return;
    }
    html.markup(
        "<div class=\"scroll\"><table class=\"running\"><thead><tr><th class=\"n\">Age</th>");
    html.markup("<th>Route</th><th>Request</th></tr></thead><tbody>");
    for (Running row : running.subList(0, Math.min(running.size(), ROWS_AT_MOST))) {
      html.markup(row.isOld() ? "<tr class=\"old\">" : "<tr>").markup("<td class=\"n\">");
      html.text(Numbers.millis(row.ageNanos() / 1e6)).markup("</td><td>");
      html.text(row.route().identity().name()).markup("</td><td><code>");
      html.text(row.request().requestLine()).markup("</code></td></tr>");
    }
    html.markup("</tbody></table></div>");
    writeRest(html, running.size());
    html.markup("</section>\n");
  }

  static void writeFailures(Html html, Snapshot snapshot) {
    List<Failed> failures = new ArrayList<>();
    for (RouteMetrics route : snapshot.routes()) {
      for (Failure failure : route.recentFailures()) {
        failures.add(new Failed(route, failure));
      }
    }
    failures.sort(Comparator.comparing((Failed failed) -> failed.failure().at()).reversed());
    html.markup("<section><h2>Recent failures</h2>");
    if (failures.isEmpty()) {
      html.markup("<p class=\"note\">None.</p></section>\n");
      return;
    }
    html.markup("<div class=\"scroll\"><table class=\"failures\"><thead><tr><th>Time</th>");
    html.markup("<th>Route</th><th>Outcome</th><th>Request</th><th>Message</th>");
    html.markup("</tr></thead><tbody>");
    for (Failed row : failures.subList(0, Math.min(failures.size(), ROWS_AT_MOST))) {
      Failure failure = row.failure();
      html.markup("<tr><td class=\"time\">").text(Numbers.time(failure.at()));
      html.markup("</td><td>").text(row.route().identity().name());
      html.markup("</td><td><span class=\"badge ");
      html.markup(Severity.of(failure.outcome()).cssClass()).markup("\">");
      html.text(failure.outcome().label()).markup("</span></td><td><code>");
      html.text(failure.requestLine()).markup("</code></td><td>");
      html.text(failure.message()).markup("</td></tr>");
    }
    html.markup("</tbody></table></div>");
    writeRest(html, failures.size());
    html.markup("</section>\n");
  }

  private static void writeRest(Html html, int rows) {
    if (rows > ROWS_AT_MOST) {
      html.markup("<p class=\"note\">");
      html.text(Numbers.count(rows - ROWS_AT_MOST) + " more are in the JSON").markup("</p>");
    }
  }
}
