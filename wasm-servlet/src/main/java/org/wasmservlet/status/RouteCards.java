package org.wasmservlet.status;

import org.wasmservlet.core.WasmLimits;
import org.wasmservlet.measure.Latencies;
import org.wasmservlet.measure.RequestOutcome;
import org.wasmservlet.measure.RouteLoad;
import org.wasmservlet.measure.RouteMetrics;

/** A card for each route. */
final class RouteCards {
  private final Html html;
  private final RouteMetrics route;

  private RouteCards(Html html, RouteMetrics route) {
    this.html = html;
    this.route = route;
  }

  static void write(Html html, Snapshot snapshot) {
    html.markup("<section><h2>Routes</h2>");
    if (snapshot.routes().isEmpty()) {
      html.markup("<p class=\"note\">None has started.</p>");
    }
    html.markup("<div class=\"routes\">");
    for (RouteMetrics route : snapshot.routes()) {
      new RouteCards(html, route).write();
    }
    html.markup("</div></section>\n");
  }

  private void write() {
    html.markup("<article class=\"route\"><h3>");
    for (String pattern : route.identity().patterns()) {
      html.markup("<code>").text(pattern).markup("</code> ");
    }
    html.markup("</h3><p class=\"note\">");
    html.text(route.identity().kind() + " " + route.identity().name() + " runs ");
    html.markup("<code>").text(route.identity().module().file().getFileName().toString());
    html.markup("</code></p>");
    Bars.outcomes(html, route);
    writeOutcomes();
    writeLatencies(route.latencies());
    writeFigures();
    html.markup("</article>\n");
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
    for (int percent : new int[] {50, 90, 99}) {
      html.text(percent + "% within ").markup("<b>");
      html.text(Numbers.millis(latencies.percentile(percent))).markup("</b> ");
    }
    html.markup("</figcaption></figure>");
  }

  private void writeFigures() {
    html.markup("<dl>");
    RouteLoad load = route.load();
    WasmLimits limits = route.limits();
    writeFigure("running", Numbers.count(load.running()), Numbers.count(load.maxRunning()));
    writeFigure("waiting", Numbers.count(load.queued()), Numbers.count(load.maxQueued()));
    writeFigure("mean wait", mean(route.queueNanos()), null);
    writeFigure("mean instantiation", mean(route.instantiationNanos()), null);
    writeFigure("mean run", mean(route.guestNanos()), Numbers.duration(limits.timeout()));
    writeFigure("most memory", Numbers.bytes(route.peakMemory()), Numbers.bytes(limits.memory()));
    html.markup("</dl>");
  }

  private String mean(long nanos) {
    long runs = route.runs();
    return runs == 0 ? "0" : Numbers.millis(nanos / 1e6 / runs);
  }

  private void writeFigure(String name, String value, String limit) {
    html.markup("<div><dt>").text(name).markup("</dt><dd>").text(value);
    if (limit != null) {
      html.markup(" <span>").text("of " + limit).markup("</span>");
    }
    html.markup("</dd></div>");
  }
}
