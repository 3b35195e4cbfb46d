package org.wasmservlet.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.measure.Latencies;
import org.wasmservlet.measure.RequestOutcome;

/** A card for each route, by web application where there are several. */
final class RouteCards {
  private final Html html;
  private final Snapshot snapshot;
  private final RouteStatus route;

  private RouteCards(Html html, Snapshot snapshot, RouteStatus route) {
    this.html = html;
    this.snapshot = snapshot;
    this.route = route;
  }

  static void write(Html html, Snapshot snapshot) {
    Map<String, List<RouteStatus>> applications = new LinkedHashMap<>();
    for (RouteStatus route : snapshot.routes()) {
      applications.computeIfAbsent(snapshot.application(route), a -> new ArrayList<>()).add(route);
    }
    if (applications.isEmpty()) {
      html.markup("<section><h2>Routes</h2><p class=\"note\">None has started.</p>");
      html.markup("<div class=\"routes\"></div></section>\n");
    }
    applications.forEach(
        (application, routes) -> {
          html.markup("<section><h2>Routes");
          if (snapshot.scope() == Scope.SERVER) {
            html.markup(" of <code>").text(application).markup("</code>");
          }
          html.markup("</h2><div class=\"routes\">");
          routes.forEach(route -> new RouteCards(html, snapshot, route).write());
          html.markup("</div></section>\n");
        });
  }

  private void write() {
    html.markup("<article class=\"route\"><h3>");
    for (String pattern : route.patterns()) {
      html.markup("<code>").text(pattern).markup("</code> ");
    }
    html.markup("</h3><p class=\"note\">");
    html.text(route.kind() + " " + route.name() + " runs ");
    html.markup("<code>").text(snapshot.files().of(route.module())).markup("</code>");
    if (!route.state().equals("ready")) {
      html.markup(" <span class=\"badge busy\">").text(route.state()).markup("</span>");
    }
    html.markup("</p>");
    writeFreeze(route.freeze());
    Bars.outcomes(html, route);
    writeOutcomes();
    writeLatencies(route.latencies());
    writeFigures();
    html.markup("</article>\n");
  }

  private void writeFreeze(RouteStatus.Freeze freeze) {
    if (freeze.isOff()) {
      return;
    }
    html.markup("<p class=\"note\"><span class=\"badge ");
    html.markup(freeze.isFrozen() ? "good" : "busy").markup("\">");
    html.text(freeze.state()).markup("</span> ").text(freeze.reason());
    if (freeze.isFrozen()) {
      html.text(
          ", since "
              + Numbers.time(Instant.parse(freeze.since()))
              + ": "
              + Numbers.bytes(freeze.bytes())
              + ", "
              + Numbers.count(freeze.watchedFiles())
              + " files watched");
    }
    html.text("; " + Numbers.count(freeze.resumed()) + " runs resumed");
    html.markup("</p>");
  }

  private void writeOutcomes() {
    html.markup("<ul class=\"outcomes\">");
    for (RequestOutcome outcome : RequestOutcome.values()) {
      long count = route.count(outcome);
      if (count > 0 || outcome == RequestOutcome.SUCCESS) {
        html.markup("<li class=\"").markup(Severity.of(outcome).cssClass()).markup("\"><b>");
        html.text(Numbers.count(count)).markup("</b> ").text(outcome.label()).markup("</li>");
      }
    }
    html.markup("</ul>");
  }

  private void writeLatencies(Latencies latencies) {
    html.markup("<figure>");
    if (latencies.total() == 0) {
      html.markup("<p class=\"none\">No program has run yet.</p></figure>");
      return;
    }
    LatencyChart.draw(html, latencies);
    html.markup("<figcaption>");
    if (latencies.total() == 1) {
      writeLatency("the only one took", latencies.mostMillis());
    } else {
      for (int percent : LatencyChart.PERCENTILES) {
        if (latencies.tells(percent)) {
          writeLatency(percent + "% within", latencies.percentile(percent));
        }
      }
      writeLatency("slowest", latencies.mostMillis());
    }
    html.markup("</figcaption></figure>");
  }

  private void writeLatency(String what, double millis) {
    html.text(what + " ").markup("<b>").text(Numbers.millis(millis)).markup("</b> ");
  }

  private void writeFigures() {
    html.markup("<dl>");
    writeFigure(
        "running", Numbers.count(route.runningPrograms()), Numbers.count(route.maxRunning()));
    writeFigure("waiting", Numbers.count(route.queued()), Numbers.count(route.maxQueued()));
    writeFigure("mean wait", mean(route.queueMillis()), null);
    writeFigure("mean instantiation", mean(route.instantiationMillis()), null);
    writeFigure(
        "mean run",
        mean(route.guestMillis()),
        Numbers.duration(Duration.ofMillis(route.timeoutMillis())));
    writeFigure(
        "most memory", Numbers.bytes(route.peakMemory()), Numbers.bytes(route.memoryLimit()));
    html.markup("</dl>");
  }

  private String mean(double millis) {
    return route.runs() == 0 ? "0" : Numbers.millis(millis / route.runs());
  }

  private void writeFigure(String name, String value, String limit) {
    html.markup("<div><dt>").text(name).markup("</dt><dd>").text(value);
    if (limit != null) {
      html.markup(" <span>").text("of " + limit).markup("</span>");
    }
    html.markup("</dd></div>");
  }
}
