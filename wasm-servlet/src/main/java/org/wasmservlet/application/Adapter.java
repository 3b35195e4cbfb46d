package org.wasmservlet.application;

import java.util.List;
import org.wasmservlet.directive.ApplicationLine;

/**
 * What loads applications, in their own language. Its first file is what the interpreter starts.
 */
enum Adapter {
  PYTHON(
      "python/start.py",
      "python/wasm_servlet/__init__.py",
      "python/wasm_servlet/body.py",
      "python/wasm_servlet/moment.py",
      "python/wasm_servlet/response.py",
      "python/wasm_servlet/scgi.py",
      "python/wasm_servlet/script.py",
      "python/wasm_servlet/wsgi.py"),
  RUBY(
      "ruby/start.rb",
      "ruby/wasm_servlet/builder.rb",
      "ruby/wasm_servlet/response.rb",
      "ruby/wasm_servlet/scgi.rb",
      "ruby/wasm_servlet/server.rb",
      "ruby/wasm_servlet/stream.rb",
      "ruby/wasm_servlet/url_map.rb"),
  PHP("php/functions.php", "php/request.php", "php/wordpress.php");

  private final List<String> files;

  Adapter(String... files) {
    this.files = List.of(files);
  }

  static Adapter of(ApplicationLine.Kind kind) {
    return switch (kind) {
      case WSGI, SCRIPT -> PYTHON;
      case RACK -> RUBY;
      case PHP, WORDPRESS -> PHP;
    };
  }

  /** Resources beside this class. */
  List<String> files() {
    return files;
  }

  /**
   * What the interpreter is started with.
   *
   * @param directory the guest path of the directory that has the files
   */
  List<String> arguments(String directory, ApplicationLine line) {
    String start = directory + "/" + files.get(0);
    return switch (line.kind()) {
      case WSGI -> List.of(start, "wsgi", line.directory(), line.name());
      case SCRIPT -> List.of(start, "cgi", line.name());
      case RACK -> List.of(start, line.name(), line.directory());
      // It starts with a request, as PhpScripts says.
      case PHP, WORDPRESS -> List.of();
    };
  }
}
