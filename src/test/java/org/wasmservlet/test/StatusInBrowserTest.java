package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.browser.Browser;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.Sample;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawHttp;

/** The status page as people see it, in Chromium. */
@Timeout(300)
class StatusInBrowserTest {
  private static final String HOSTILE_NAME = "<script>document.title='owned'</script>";

  @Test
  void showsGoodSlowAndFailingProgramsAndLoadsNothingElse() throws Exception {
    try (Browser browser = Browser.open("status");
        WebApp.Deployed app = deploy()) {
      String base = "http://127.0.0.1:" + app.port() + app.contextPath();
      for (int i = 0; i < 50; i++) {
        RawHttp.get(app.port(), app.contextPath() + "/good/page?env");
        RawHttp.get(
            app.port(), app.contextPath() + "/bad/%3Cimg%20src=x%3E?" + Probe.query("exit", 7));
      }
      RawHttp.get(app.port(), app.contextPath() + "/slow?" + Probe.query("sleep", 3_600_000));
      new RouteBeans(app).awaitRoute("slow", "Timeouts", 1);

      try (SlowUpload upload = new SlowUpload(app, "/good/long/upload?echo")) {
        upload.awaitProgram(app);
        browser.go(base + "/status");
      }
      assertThat(browser.title()).isEqualTo("Status of " + app.contextPath());
      assertThat(browser.text("h1")).isEqualTo("WebAssembly in " + app.contextPath());
      assertThat(browser.text(".running tbody"))
          .contains("POST " + app.contextPath() + "/good/long/upload")
          .doesNotContain("echo");
      assertThat(browser.text(".failures tbody"))
          .contains("exit code 7")
          .contains("GET " + app.contextPath() + "/bad/%3Cimg%20src=x%3E")
          .contains("stopped after 200 ms (WasmTimeout)");
      assertThat(browser.text(".routes")).contains(HOSTILE_NAME).contains("50 success");
      assertThat(browser.script("return document.scripts.length")).isEqualTo(0.0);
      assertThat(
              browser.script(
                  "return performance.getEntriesByType('resource').map(entry => entry.name)"))
          .isEqualTo(List.of());
      // The policy lets the page's own style through.
      assertThat(style(browser, "body", "fontVariantNumeric")).isEqualTo("tabular-nums");
      assertThat(
              browser.script(
                  "return [...document.querySelectorAll('.chart')]"
                      + ".every(chart => chart.getBoundingClientRect().width > 200"
                      + " && chart.querySelectorAll('.bar').length > 0)"))
          .isEqualTo(true);
      browser.screenshot("light");

      String light = style(browser, "body", "backgroundColor");
      browser.prefersDark();
      assertThat(style(browser, "body", "backgroundColor")).isNotEqualTo(light);
      browser.screenshot("dark");

      for (int width : new int[] {390, 1920}) {
        browser.screen(width, 1000);
        assertFits(browser, width);
        browser.screenshot("wide-" + width);
      }

      browser.click("a[href='?format=json']");
      assertThat(browser.script("return JSON.parse(document.body.innerText).routes.length"))
          .isEqualTo(4.0);
    }
  }

  /** Its programs are compiled first where no other test has done it. */
  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void theSamplesPagesFitAnyScreen() throws Exception {
    try (Browser browser = Browser.open("sample")) {
      WebApp.Deployed app = Sample.on(Container.TOMCAT_11);
      String base = "http://127.0.0.1:" + app.port() + app.contextPath();
      String viewer = "/python/http-request-viewer";
      for (int width : new int[] {390, 1920}) {
        browser.screen(width, 1000);
        for (String page :
            new String[] {
              "/",
              viewer,
              viewer + "/" + "path".repeat(50) + "?" + "query".repeat(50),
              "/php/",
              "/ruby/",
              "/hello/c",
              "/python/second-app",
              "/once/c/",
              "/once/python/",
              "/once/ruby/",
              "/once/php/",
              "/status"
            }) {
          browser.go(base + page);
          assertFits(browser, width);
          browser.screenshot(
              width + page.replaceAll("[/?]", "-").substring(0, Math.min(page.length(), 30)));
        }
      }
    }
  }

  /** Nothing of a page is beyond the screen's edge, or can be moved there within the page. */
  private static void assertFits(Browser browser, int width) {
    assertThat(
            browser.script(
                "return [...document.querySelectorAll('*')]"
                    + ".filter(e => e.getBoundingClientRect().right > arguments[0] + 0.5"
                    + " || e.matches('div') && e.scrollWidth > e.clientWidth)"
                    + ".map(e => e.outerHTML.substring(0, 200))",
                width))
        .as("beyond %d pixels on %s", width, browser.url())
        .isEqualTo(List.of());
    assertThat(
            browser.script(
                "return innerWidth === arguments[0] && document.documentElement.scrollWidth"
                    + " <= document.documentElement.clientWidth",
                width))
        .as("%s has %d pixels", browser.url(), width)
        .isEqualTo(true);
  }

  private static String style(Browser browser, String selector, String property) {
    return (String)
        browser.script(
            "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]",
            selector,
            property);
  }

  /** A request that runs until this is closed, however long the browser takes. */
  private static final class SlowUpload implements AutoCloseable {
    private final ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
    private final RawHttp connection;

    SlowUpload(WebApp.Deployed app, String target) throws IOException {
      connection = new RawHttp(app.port());
      connection.send(
          "POST "
              + app.contextPath()
              + target
              + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
      feeder.scheduleAtFixedRate(this::feed, 0, 1, TimeUnit.SECONDS);
    }

    void awaitProgram(WebApp.Deployed app) throws Exception {
      new RouteBeans(app).awaitRoute("good", "Running", 1);
    }

    private void feed() {
      try {
        connection.send("x");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      feeder.shutdownNow();
      connection.close();
    }
  }

  private static WebApp.Deployed deploy() throws Exception {
    String[] initParams = {
      "WasmModule", "WEB-INF/probe.wasm", "WasmEnableCGI", "On", "WasmTimeout", "10m"
    };
    return new WebApp()
        .probe()
        .servlet("good", "/good/*", initParams)
        .servlet("bad", "/bad/*", initParams)
        .servlet(
            "slow", "/slow",
            "WasmModule", "WEB-INF/probe.wasm",
            "WasmEnableCGI", "On",
            "WasmTimeout", "200ms")
        .servlet(HOSTILE_NAME.replace("<", "&lt;"), "/hostile", initParams)
        .descriptor(StatusTest.DESCRIPTOR)
        .deploy(Container.TOMCAT_11.server());
  }
}
