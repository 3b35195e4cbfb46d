package org.wasmservlet.bench.server;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Draws requests per second as bars: a panel for each program, a bar for each system. */
final class Chart {
  private static final int WIDTH = 860;
  private static final int MARGIN = 16;
  private static final int LABELS = 300;
  private static final int VALUES = 90;
  private static final int BAR = 18;
  private static final int STEP = 24;
  private static final int HEADING = 34;

  private final List<Kind> kinds;
  private final List<Program> programs;
  private final Measurements measurements;
  private final int connections;
  private final StringBuilder svg = new StringBuilder();

  Chart(List<Kind> kinds, List<Program> programs, Measurements measurements, int connections) {
    this.kinds = kinds;
    this.programs = programs;
    this.measurements = measurements;
    this.connections = connections;
  }

  String svg() {
    int y = MARGIN + HEADING;
    for (Program program : programs) {
      y = panel(program, y);
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
    font-family="system-ui, sans-serif" font-size="13" role="img" \
    aria-label="Requests per second at %3$d connections">
    <rect width="100%%" height="100%%" fill="#ffffff"/>
    """
            .formatted(WIDTH, y, connections)
        + text(
            MARGIN,
            MARGIN + 6,
            "start",
            "font-weight=\"600\" font-size=\"15\"",
            "Requests per second at " + connections + " connections; longer is better")
        + svg
        + "</svg>\n";
  }

  private int panel(Program program, int top) {
    double longest =
        kinds.stream()
            .filter(kind -> kind != Kind.FPM)
            .mapToDouble(kind -> rate(kind, program).orElse(0))
            .max()
            .orElse(0);
    int y = top;
    svg.append(text(MARGIN, y, "start", "font-weight=\"600\"", program.title));
    y += 10;
    for (Kind kind : kinds) {
      OptionalDouble rate = rate(kind, program);
      if (rate.isPresent()) {
        bar(kind, rate.getAsDouble(), longest, y);
        y += STEP;
      }
    }
    return y + HEADING;
  }

  private void bar(Kind kind, double rate, double longest, int y) {
    int middle = y + BAR / 2 + 5;
    // What starts nothing for a request is so much faster that the others would not be seen.
    boolean cut = rate > longest;
    double scale = cut ? 1 : rate / longest;
    double length = Math.max(1, (WIDTH - 2 * MARGIN - LABELS - VALUES) * scale);
    svg.append(text(MARGIN + LABELS - 8, middle, "end", "", kind.title));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            MARGIN + LABELS,
            y,
            length,
            BAR,
            kind.isOurs() ? "#2563a8" : "#9aa4ae"));
    svg.append(
        text(
            (int) (MARGIN + LABELS + length + 6),
            middle,
            "start",
            "",
            Report.number(OptionalDouble.of(rate)) + (cut ? " (cut)" : "")));
  }

  private OptionalDouble rate(Kind kind, Program program) {
    return measurements.median(kind, program, connections, m -> m.load().perSecond());
  }

  private static String text(int x, int y, String anchor, String more, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>%n"
        .formatted(x, y, anchor, more, text);
  }
}
