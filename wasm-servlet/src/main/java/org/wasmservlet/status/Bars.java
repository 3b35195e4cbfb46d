package org.wasmservlet.status;

/** Horizontal bars, as SVG: a style attribute would need a laxer policy. */
final class Bars {
  private static final double WIDTH = 1000;

  /** From here on a gauge is coloured. */
  private static final double NEARLY_FULL = 0.85;

  private Bars() {}

  static void gauge(Html html, long used, long limit) {
    double share = limit <= 0 ? 0 : Math.min(1, (double) used / limit);
    open(html);
    rectangle(html, "rest", 0, WIDTH);
    rectangle(html, share < NEARLY_FULL ? "used" : "used bad", 0, share * WIDTH);
    html.markup("</svg>");
  }

  /** How the requests of a route ended, by severity. */
  static void outcomes(Html html, RouteStatus route) {
    long all = route.requests();
    open(html);
    rectangle(html, "rest", 0, WIDTH);
    double left = 0;
    for (Severity severity : Severity.values()) {
      double width = all == 0 ? 0 : severity.count(route) * WIDTH / all;
      if (width > 0) {
        // Requests that have ended meanwhile must not lead out of the picture.
        rectangle(html, severity.cssClass(), left, Math.min(width, WIDTH - left));
        left += width;
      }
    }
    html.markup("</svg>");
  }

  private static void open(Html html) {
    html.markup("<svg class=\"strip\" viewBox=\"0 0 1000 6\" preserveAspectRatio=\"none\"");
    html.markup(" aria-hidden=\"true\">");
  }

  private static void rectangle(Html html, String cssClass, double left, double width) {
    html.markup("<rect class=\"").markup(cssClass);
    html.markup("\" x=\"").number(left).markup("\" y=\"0\" width=\"").number(Math.max(0, width));
    html.markup("\" height=\"6\"/>");
  }
}
