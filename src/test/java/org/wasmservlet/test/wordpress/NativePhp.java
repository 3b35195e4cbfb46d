package org.wasmservlet.test.wordpress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.test.http.RawResponse;

/**
 * The machine's own PHP, started for each request as httpd does it: with the variables of CGI, and
 * what is no script goes to index.php, as WordPress's .htaccess has it.
 *
 * @param program php-cgi
 * @param configuration the directory of php.ini
 * @param site the directory of WordPress
 * @param contextPath where it is
 */
record NativePhp(Path program, Path configuration, Path site, String contextPath) {

  /** Sends what a client sends, without a body. */
  RawResponse get(String target, String... headers) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "-c", configuration.toString())
            .redirectError(site.resolveSibling("php.log").toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    addServer(variables);
    addPath(variables, target);
    for (String header : headers) {
      String[] nameAndValue = header.split(": ", 2);
      variables.put(
          "HTTP_" + nameAndValue[0].toUpperCase(Locale.ROOT).replace('-', '_'), nameAndValue[1]);
    }
    Path script = Path.of(variables.get("SCRIPT_FILENAME"));
    Process php = builder.directory(script.getParent().toFile()).start();
    php.getOutputStream().close();
    RawResponse response = parsed(php.getInputStream().readAllBytes());
    php.waitFor();
    return response;
  }

  private void addServer(Map<String, String> variables) {
    variables.put("GATEWAY_INTERFACE", "CGI/1.1");
    variables.put("SERVER_SOFTWARE", "Apache-Tomcat");
    variables.put("SERVER_PROTOCOL", "HTTP/1.1");
    variables.put("SERVER_NAME", "localhost");
    variables.put("SERVER_PORT", "80");
    variables.put("SERVER_ADDR", "127.0.0.1");
    variables.put("REMOTE_ADDR", "127.0.0.1");
    variables.put("REMOTE_PORT", "40000");
    variables.put("REQUEST_METHOD", "GET");
    variables.put("REQUEST_SCHEME", "http");
    variables.put("REDIRECT_STATUS", "200");
    variables.put("DOCUMENT_ROOT", site.toString());
    variables.put("HTTP_HOST", "localhost");
  }

  private void addPath(Map<String, String> variables, String target) {
    String[] pathAndQuery = target.split("\\?", 2);
    String path = URLDecoder.decode(pathAndQuery[0], UTF_8);
    String script = scriptOf(path);
    variables.put("REQUEST_URI", contextPath + target);
    variables.put("QUERY_STRING", pathAndQuery.length > 1 ? pathAndQuery[1] : "");
    variables.put("SCRIPT_NAME", contextPath + script);
    variables.put("SCRIPT_FILENAME", site + script);
    if (path.startsWith(script) && path.length() > script.length()) {
      variables.put("PATH_INFO", path.substring(script.length()));
      variables.put("PATH_TRANSLATED", site + path.substring(script.length()));
    }
  }

  private String scriptOf(String path) {
    int end = path.indexOf(".php");
    if (end >= 0 && Files.isRegularFile(Path.of(site + path.substring(0, end + 4)))) {
      return path.substring(0, end + 4);
    }
    boolean isIndex = path.endsWith("/") && Files.isRegularFile(Path.of(site + path + "index.php"));
    return isIndex ? path + "index.php" : "/index.php";
  }

  private static RawResponse parsed(byte[] output) {
    int end = new String(output, ISO_8859_1).indexOf("\r\n\r\n");
    int status = 200;
    List<RawResponse.Header> headers = new ArrayList<>();
    for (String line : new String(output, 0, end, UTF_8).split("\r\n")) {
      String[] nameAndValue = line.split(": ?", 2);
      if (nameAndValue[0].equals("Status")) {
        status = Integer.parseInt(nameAndValue[1].split(" ")[0]);
      } else {
        headers.add(new RawResponse.Header(nameAndValue[0], nameAndValue[1]));
      }
    }
    byte[] body = Arrays.copyOfRange(output, end + 4, output.length);
    return new RawResponse(status, headers, body, RawResponse.End.WHOLE);
  }
}
