package org.wasmservlet.status;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.wasmservlet.core.ModuleCacheStatistics;

/** The status for people: one page that needs nothing else. */
final class StatusPage {
  private final Html html = new Html();
  private final Snapshot snapshot;

  private StatusPage(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static String of(Snapshot snapshot, int refresh) {
    StatusPage page = new StatusPage(snapshot);
    page.write(refresh);
    return page.html.toString();
  }

  private void write(int refresh) {
    html.markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">");
    if (refresh > 0) {
      html.markup("<meta http-equiv=\"refresh\" content=\"" + refresh + "\">");
    }
    html.markup(Style.ICON);
    html.markup("<title>").text("Status of " + subject()).markup("</title><style>");
    html.markup(Style.CSS).markup("</style></head><body>\n");
    html.markup("<header class=\"top\"><div><h1>WebAssembly in <code>").text(subject());
    html.markup("</code></h1><p>").text(whereAndWhen()).markup("</p></div>");
    writeLinks(refresh);
    html.markup("</header>\n<main>\n");
    writeTotals();
    RouteCards.write(html, snapshot);
    RequestTables.writeRunning(html, snapshot);
    RequestTables.writeFailures(html, snapshot);
    writeModules(snapshot.cache());
    html.markup("</main></body></html>\n");
  }

  /** The web application, or the virtual host that it is on. */
  private String subject() {
    String context = snapshot.contextPath().isEmpty() ? "/" : snapshot.contextPath();
    return snapshot.scope() == Scope.SERVER ? snapshot.host() : context;
  }

  private String whereAndWhen() {
    String where = snapshot.scope() == Scope.SERVER ? "all web applications" : snapshot.host();
    return where
        + ", "
        + Numbers.time(snapshot.at())
        + ", counting for "
        + Numbers.duration(Duration.between(snapshot.since(), snapshot.at()));
  }

  private void writeLinks(int refresh) {
    html.markup("<nav aria-label=\"Refresh\">");
    writeLink(refresh == 0, "?", "once");
    for (int seconds : new int[] {2, 10}) {
      writeLink(refresh == seconds, "?refresh=" + seconds, "every " + seconds + " s");
    }
    writeLink(false, "?format=json", "JSON");
    html.markup("</nav>");
  }

  private void writeLink(boolean current, String href, String text) {
    html.markup("<a href=\"").text(href).markup("\"");
    html.markup(current ? " aria-current=\"true\">" : ">").text(text).markup("</a>");
  }

  private void writeTotals() {
    List<RouteStatus> routes = snapshot.routes();
    long requests = routes.stream().mapToLong(RouteStatus::requests).sum();
    long failed = routes.stream().mapToLong(Severity::failures).sum();
    long running = routes.stream().mapToLong(route -> route.runningPrograms()).sum();
    long queued = routes.stream().mapToLong(route -> route.queued()).sum();
    html.markup("<section class=\"tiles\" aria-label=\"Totals\">");
    writeTile("Requests", Numbers.count(requests), Numbers.percent(failed, requests) + " failed");
    writeTile("Running", Numbers.count(running), Numbers.count(queued) + " waiting");
    writeGauge(
        "Memory of programs",
        snapshot.memoryReserved(),
        snapshot.memoryLimit(),
        ", " + Numbers.bytes(snapshot.memoryGuaranteed()) + " of it sure for each route");
    writeGauge("Java heap", snapshot.heapUsed(), snapshot.heapLimit(), "");
    html.markup("</section>\n");
  }

  private void writeTile(String name, String value, String more) {
    html.markup("<div class=\"tile\"><h2>").text(name).markup("</h2><p class=\"value\">");
    html.text(value).markup("</p><p>").text(more).markup("</p></div>");
  }

  private void writeGauge(String name, long used, long limit, String more) {
    html.markup("<div class=\"tile\"><h2>").text(name).markup("</h2><p class=\"value\">");
    html.text(Numbers.bytes(used)).markup("</p><p>");
    html.text("of " + Numbers.bytes(limit) + more).markup("</p>");
    Bars.gauge(html, used, limit);
    html.markup("</div>");
  }

  private void writeModules(ModuleCacheStatistics cache) {
    html.markup("<section><h2>Modules</h2>");
    html.markup("<p class=\"note\">");
    html.text(
        Numbers.count(cache.loads())
            + " loaded in "
            + Numbers.duration(cache.loadTime())
            + ", of which "
            + Numbers.count(cache.prepared())
            + " were prepared, "
            + Numbers.count(cache.hits())
            + " times shared, "
            + Numbers.count(cache.failures())
            + " failed");
    html.markup("</p>");
    Table table =
        new Table(
            html,
            "modules",
            "Files",
            "Size#",
            "Functions#",
            "Interpreted#",
            "Loading took#",
            "Loaded",
            "Users#");
    for (ModuleCacheStatistics.Loaded module : cache.modules()) {
      table.row("");
      table.codes(module.files().stream().map(Path::toString).map(snapshot.files()::of).toList());
      table.text(Numbers.bytes(module.bytes()));
      table.text(Numbers.count(module.functionCount()));
      table.text(Numbers.count(module.interpretedFunctionCount()));
      table.text(Numbers.duration(module.loadTime()));
      table.text(Numbers.time(module.loadedAt()));
      table.text(Numbers.count(module.users()));
    }
    table.end();
    html.markup("</section>\n");
  }
}
