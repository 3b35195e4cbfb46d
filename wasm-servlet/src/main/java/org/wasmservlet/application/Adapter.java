package org.wasmservlet.application;

import java.util.List;
import java.util.stream.Stream;
import org.wasmservlet.directive.ApplicationLine;

/**
 * What loads applications, in their own language. Its first file is what the interpreter starts.
 */
enum Adapter {
  PYTHON(
      "python/start.py",
      "python/wasm_servlet/__init__.py",
      "python/wasm_servlet/asgi.py",
      "python/wasm_servlet/body.py",
      "python/wasm_servlet/command.py",
      "python/wasm_servlet/lifespan.py",
      "python/wasm_servlet/moment.py",
      "python/wasm_servlet/process.py",
      "python/wasm_servlet/response.py",
      "python/wasm_servlet/scgi.py",
      "python/wasm_servlet/script.py",
      "python/wasm_servlet/stand_in/__init__.py",
      "python/wasm_servlet/stand_in/changes.py",
      "python/wasm_servlet/stand_in/current_thread.py",
      "python/wasm_servlet/stand_in/elsewhere.py",
      "python/wasm_servlet/stand_in/event_loop.py",
      "python/wasm_servlet/stand_in/thread_pool.py",
      "python/wasm_servlet/wsgi.py"),
  RUBY(
      "ruby/start.rb",
      "ruby/wasm_servlet/builder.rb",
      "ruby/wasm_servlet/response.rb",
      "ruby/wasm_servlet/rewindable_input.rb",
      "ruby/wasm_servlet/scgi.rb",
      "ruby/wasm_servlet/server.rb",
      "ruby/wasm_servlet/stand_in/openssl.rb",
      "ruby/wasm_servlet/stand_in/zlib.rb",
      "ruby/wasm_servlet/stream.rb",
      "ruby/wasm_servlet/url_map.rb"),
  PHP("php/functions.php", "php/request.php", "php/wordpress.php", "php/wordpress-script.php");

  private final List<String> files;

  Adapter(String... files) {
    this.files = List.of(files);
  }

  static Adapter of(ApplicationLine.Kind kind) {
    return switch (kind) {
      case WSGI, ASGI, SCRIPT -> PYTHON;
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
      case ASGI -> List.of(start, "asgi", line.directory(), line.name());
      case SCRIPT -> List.of(start, "cgi", line.name());
      case RACK -> List.of(start, line.name(), line.directory());
      // It starts with a request, as PhpScripts says.
      case PHP, WORDPRESS -> List.of();
    };
  }

  /**
   * What the interpreter is started with for a command of its owner's.
   *
   * @param directory the guest path of the directory that has the files
   * @param command a script and its arguments, or what else the interpreter takes for one
   */
  List<String> arguments(String directory, ApplicationLine line, List<String> command) {
    Stream<String> before =
        this == PYTHON
            ? Stream.of(directory + "/" + files.get(0), "run", line.directory())
            : Stream.of("-C", line.directory());
    return Stream.concat(before, command.stream()).toList();
  }
}
