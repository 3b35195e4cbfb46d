package org.wasmservlet.status;

import java.util.List;
import org.wasmservlet.measure.Latencies;

/**
 * A histogram of latencies as an SVG inside a page: times on a logarithmic axis, counts upwards.
 */
final class LatencyChart {
  private static final double WIDTH = 480;
  private static final double LEFT = 6;
  private static final double RIGHT = WIDTH - 6;
  private static final double TOP = 20;
  private static final double BOTTOM = 118;

  /** What the axis has at least, in doublings. */
  private static final double DOUBLINGS_AT_LEAST = 7;

  /** Up to here there is room for a label at 2 and 5 too. */
  private static final double DOUBLINGS_FOR_MORE_LABELS = 9;

  /** What one request in a million is still seen by. */
  private static final double BAR_AT_LEAST = 1.5;

  /** What is told of latencies where there are enough of them. */
  static final List<Integer> PERCENTILES = List.of(50, 90, 99);

  private final Html html;
  private final Latencies latencies;
  private final List<Latencies.Bucket> buckets;
  private double low;
  private double high;

  private LatencyChart(Html html, Latencies latencies) {
    this.html = html;
    this.latencies = latencies;
    this.buckets = latencies.buckets();
  }

  /** Adds the chart; there must be a request. */
  static void draw(Html html, Latencies latencies) {
    new LatencyChart(html, latencies).draw();
  }

  private void draw() {
    low = log2(buckets.get(0).fromMicros()) - 0.5;
    high = log2(buckets.get(buckets.size() - 1).toMicros()) + 0.5;
    double missing = DOUBLINGS_AT_LEAST - (high - low);
    if (missing > 0) {
      low -= missing / 2;
      high += missing / 2;
    }
    html.markup("<svg class=\"chart\" viewBox=\"0 0 480 140\" role=\"img\" aria-label=\"")
        .text(
            "Latencies of "
                + Numbers.count(latencies.total())
                + (latencies.total() == 1 ? " request" : " requests"))
        .markup("\">");
    drawAxis();
    drawBars();
    for (int percent : PERCENTILES) {
      // 90% is too near to the others for a label.
      if (percent != 90 && latencies.tells(percent)) {
        drawMarker(percent);
      }
    }
    html.markup("</svg>");
  }

  private void drawBars() {
    long most = buckets.stream().mapToLong(Latencies.Bucket::count).max().orElseThrow();
    for (Latencies.Bucket bucket : buckets) {
      if (bucket.count() == 0) {
        continue;
      }
      double left = x(bucket.fromMicros());
      double height = Math.max(BAR_AT_LEAST, (BOTTOM - TOP) * bucket.count() / most);
      html.markup("<rect class=\"bar\" x=\"").number(left);
      html.markup("\" y=\"").number(BOTTOM - height);
      html.markup("\" width=\"").number(Math.max(1, x(bucket.toMicros()) - left - 1));
      html.markup("\" height=\"").number(height);
      html.markup("\"><title>")
          .text(
              Numbers.millis(bucket.fromMicros() / 1e3)
                  + " to "
                  + Numbers.millis(bucket.toMicros() / 1e3)
                  + ": "
                  + Numbers.count(bucket.count()))
          .markup("</title></rect>");
    }
  }

  private void drawAxis() {
    drawLine("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    boolean more = high - low < DOUBLINGS_FOR_MORE_LABELS;
    for (double decade = 1; decade < 1e10; decade *= 10) {
      for (int digit : more ? new int[] {1, 2, 5} : new int[] {1}) {
        double at = x(decade * digit);
        if (at >= LEFT + 8 && at <= RIGHT - 8) {
          drawLine("tick", at, BOTTOM, at, BOTTOM + 4);
          drawText("label", at, BOTTOM + 17, "middle", axisLabel(decade * digit));
        }
      }
    }
  }

  private void drawMarker(int percent) {
    double at = x(latencies.percentile(percent) * 1e3);
    drawLine("marker", at, TOP - 6, at, BOTTOM);
    // On the side where the other one is not, unless there is no room.
    boolean before = percent == 50 ? at > LEFT + 24 : at > RIGHT - 24;
    drawText("label", before ? at - 4 : at + 4, TOP - 6, before ? "end" : "start", "p" + percent);
  }

  private void drawLine(String name, double x1, double y1, double x2, double y2) {
    html.markup("<line class=\"").markup(name);
    html.markup("\" x1=\"").number(x1).markup("\" y1=\"").number(y1);
    html.markup("\" x2=\"").number(x2).markup("\" y2=\"").number(y2).markup("\"/>");
  }

  private void drawText(String name, double x, double y, String anchor, String text) {
    html.markup("<text class=\"").markup(name);
    html.markup("\" x=\"").number(x).markup("\" y=\"").number(y);
    html.markup("\" text-anchor=\"").markup(anchor).markup("\">").text(text).markup("</text>");
  }

  private double x(double micros) {
    return LEFT + (log2(micros) - low) / (high - low) * (RIGHT - LEFT);
  }

  private static double log2(double micros) {
    return Math.log(Math.max(0.5, micros)) / Math.log(2);
  }

  private static String axisLabel(double micros) {
    if (micros < 999) {
      return Math.round(micros) + " µs";
    }
    return micros < 999e3 ? Math.round(micros / 1e3) + " ms" : Math.round(micros / 1e6) + " s";
  }
}
