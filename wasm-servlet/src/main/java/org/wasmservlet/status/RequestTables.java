package org.wasmservlet.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wasmservlet.measure.Failure;

/** The requests that run, and those that failed lately. */
final class RequestTables {
  private static final int ROWS_AT_MOST = 100;

  private RequestTables() {}

  private record Running(RouteStatus route, RouteStatus.Running request) {
    /** Most programs that are to be stopped look like this before. */
    boolean isOld() {
      return request.ageMillis() > route.timeoutMillis() / 2.0;
    }
  }

  private record Failed(RouteStatus route, Failure failure) {}

  static void writeRunning(Html html, Snapshot snapshot) {
    List<Running> running = new ArrayList<>();
    for (RouteStatus route : snapshot.routes()) {
      route.running().forEach(request -> running.add(new Running(route, request)));
    }
    running.sort(Comparator.comparingDouble((Running row) -> row.request().ageMillis()).reversed());
    html.markup("<section><h2>Running</h2>");
    if (running.isEmpty()) {
      html.markup("<p class=\"note\">No program runs.</p></section>\n");
      return;
    }
    Table table = new Table(html, "running", "Age#", "Route", "Request");
    for (Running row : running.subList(0, Math.min(running.size(), ROWS_AT_MOST))) {
      table.row(row.isOld() ? "old" : "");
      table.text(Numbers.millis(row.request().ageMillis()));
      table.text(snapshot.title(row.route()));
      table.code(row.request().requestLine());
    }
    table.end();
    writeRest(html, running.size());
    html.markup("</section>\n");
  }

  static void writeFailures(Html html, Snapshot snapshot) {
    List<Failed> failures = new ArrayList<>();
    for (RouteStatus route : snapshot.routes()) {
      route.failures().forEach(failure -> failures.add(new Failed(route, failure)));
    }
    failures.sort(Comparator.comparing((Failed failed) -> failed.failure().at()).reversed());
    html.markup("<section><h2>Recent failures</h2>");
    if (failures.isEmpty()) {
      html.markup("<p class=\"note\">None.</p></section>\n");
      return;
    }
    Table table = new Table(html, "failures", "Time", "Route", "Outcome", "Request", "Message");
    for (Failed row : failures.subList(0, Math.min(failures.size(), ROWS_AT_MOST))) {
      Failure failure = row.failure();
      table.row("");
      table.text(Numbers.time(failure.at()));
      table.text(snapshot.title(row.route()));
      table.badge(Severity.of(failure.outcome()), failure.outcome().label());
      table.code(failure.requestLine());
      table.text(failure.message());
    }
    table.end();
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
