package org.wasmservlet.test.browser;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One window of Chromium. Elements are named by CSS selectors; whoever names one waits until it is
 * there. A command that fails is an AssertionError with the driver's message.
 */
public final class Browser implements AutoCloseable {
  /** The key of an element's reference in WebDriver's JSON. */
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  /** What the driver says of a click on what is covered or has just been replaced. */
  private static final Pattern COVERED =
      Pattern.compile("element click intercepted|stale element|element not interactable");

  /** What the driver says of an element or a frame that has been replaced. */
  private static final Pattern AWAY =
      Pattern.compile("stale element|no such window|no such frame|detached|not interactable");

  private static final int ELEMENT_MILLIS = 300_000;
  private static final int PAGE_MILLIS = 600_000;

  private final Driver driver;
  private final String session;
  private final Path screenshots;

  private Browser(Driver driver, String session, Path screenshots) {
    this.driver = driver;
    this.session = "/session/" + session;
    this.screenshots = screenshots;
  }

  /**
   * Opens a window, or skips the test where there is no Chromium; in CI that is a failure.
   *
   * @param name of the folder below target/screenshots
   */
  public static Browser open(String name) throws IOException {
    require();
    Path screenshots = Files.createDirectories(Path.of("target/screenshots", name));
    Driver driver = new Driver();
    Map<String, Object> chromium =
        Map.of(
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-proxy-server",
                // What slides in is clicked beside.
                "--force-prefers-reduced-motion",
                // Nothing that a page names elsewhere is asked for.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--window-size=1280,1000"));
    Map<String, Object> capabilities =
        Map.of(
            "timeouts",
            Map.of("implicit", ELEMENT_MILLIS, "pageLoad", PAGE_MILLIS, "script", PAGE_MILLIS),
            "goog:loggingPrefs",
            Map.of("browser", "SEVERE"),
            "goog:chromeOptions",
            chromium);
    Object answer =
        driver.send(
            "POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)));
    String session = (String) ((Map<?, ?>) answer).get("sessionId");
    return new Browser(driver, session, screenshots);
  }

  private static void require() {
    boolean present = isOnPath("chromedriver");
    if (!present) {
      String message = "NO BROWSER: install chromium and its chromedriver for the tests in one";
      System.out.println("[WARNING] " + message);
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
    }
    assumeThat(present).as("chromedriver is installed").isTrue();
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
        .anyMatch(
            directory ->
                Files.isExecutable(Path.of(directory, program))
                    || Files.isExecutable(Path.of(directory, program + ".exe")));
  }

  /** Opens a page and waits until it is loaded. */
  public void go(String url) {
    send("POST", "/url", Map.of("url", url));
  }

  public String url() {
    return (String) send("GET", "/url", null);
  }

  public String title() {
    return (String) send("GET", "/title", null);
  }

  public String source() {
    return (String) send("GET", "/source", null);
  }

  /** Waits for an element. */
  public void await(String selector) {
    element(selector);
  }

  /** Clicks on an element as soon as nothing covers it. */
  public void click(String selector) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ELEMENT_MILLIS);
    while (!isClicked(selector, System.nanoTime() - end >= 0)) {
      // Each try is a round trip to the browser.
      Thread.onSpinWait();
    }
  }

  private boolean isClicked(String selector, boolean forTheLastTime) {
    try {
      driver.send("POST", session + "/element/" + element(selector) + "/click", Map.of());
      return true;
    } catch (AssertionError e) {
      if (forTheLastTime || !COVERED.matcher(e.getMessage()).find()) {
        throw failed(e);
      }
      return false;
    }
  }

  /** Types into a field, or gives a file's path to an input for files. */
  public void type(String selector, String text) {
    send("POST", "/element/" + element(selector) + "/value", Map.of("text", text));
  }

  /** Types into a field, or into nothing if the page has just taken that away. */
  public void typeOrMiss(String selector, String text) {
    try {
      driver.send(
          "POST", session + "/element/" + element(selector) + "/value", Map.of("text", text));
    } catch (AssertionError e) {
      if (!AWAY.matcher(e.getMessage()).find()) {
        throw failed(e);
      }
    }
  }

  /** Empties a field and types into it. */
  public void fill(String selector, String text) {
    send("POST", "/element/" + element(selector) + "/clear", Map.of());
    type(selector, text);
  }

  /** The text of an element as it can be seen. */
  public String text(String selector) {
    return (String) send("GET", "/element/" + element(selector) + "/text", null);
  }

  /** A property of an element's object, for example {@code href}. */
  public Object property(String selector, String name) {
    return send("GET", "/element/" + element(selector) + "/property/" + name, null);
  }

  /** Runs a function's body; what it returns, or what its promise gives, comes back. */
  public Object script(String body, Object... arguments) {
    return send("POST", "/execute/sync", Map.of("script", body, "args", Arrays.asList(arguments)));
  }

  /** What scripts have thrown and the server has refused since this was last asked for. */
  public List<String> errors() {
    return ((List<?>) send("POST", "/se/log", Map.of("type", "browser")))
        .stream().map(entry -> (String) ((Map<?, ?>) entry).get("message")).toList();
  }

  /** Goes on inside a frame. */
  public void enterFrame(String selector) {
    send("POST", "/frame", Map.of("id", Map.of(ELEMENT, element(selector))));
  }

  public void leaveFrame() {
    send("POST", "/frame/parent", Map.of());
  }

  /** Shows pages on a screen of this size in CSS pixels; a narrow one is a telephone's. */
  public void screen(int width, int height) {
    Map<String, Object> metrics =
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < height);
    send(
        "POST",
        "/goog/cdp/execute",
        Map.of("cmd", "Emulation.setDeviceMetricsOverride", "params", metrics));
  }

  /** Tells pages that the user prefers dark colours. */
  public void prefersDark() {
    Map<String, Object> dark = Map.of("name", "prefers-color-scheme", "value", "dark");
    send(
        "POST",
        "/goog/cdp/execute",
        Map.of("cmd", "Emulation.setEmulatedMedia", "params", Map.of("features", List.of(dark))));
  }

  /** Keeps a picture of the window in target/screenshots. */
  public void screenshot(String name) throws IOException {
    String picture = (String) driver.send("GET", session + "/screenshot", null);
    Files.write(screenshots.resolve(name + ".png"), Base64.getDecoder().decode(picture));
  }

  private String element(String selector) {
    Object found = send("POST", "/element", Map.of("using", "css selector", "value", selector));
    return (String) ((Map<?, ?>) found).get(ELEMENT);
  }

  private Object send(String method, String path, Map<String, ?> body) {
    try {
      return driver.send(method, session + path, body);
    } catch (AssertionError e) {
      throw failed(e);
    }
  }

  /** Keeps what the window shows, and tells it where no picture can be looked at. */
  private AssertionError failed(AssertionError e) {
    try {
      screenshot("failure");
      return new AssertionError(e.getMessage() + System.lineSeparator() + shown(), e);
    } catch (AssertionError | IOException noPicture) {
      e.addSuppressed(noPicture);
      return e;
    }
  }

  private String shown() {
    String shown =
        "return document.readyState + ' ' + location.href + ' \"' + document.title + '\": '"
            + " + (document.body ? document.body.innerText.substring(0, 1000) : 'nothing')";
    return "The window shows: "
        + driver.send(
            "POST", session + "/execute/sync", Map.of("script", shown, "args", List.of()));
  }

  @Override
  public void close() {
    try {
      driver.send("DELETE", session, null);
    } finally {
      driver.close();
    }
  }
}
