package org.wasmservlet.sample;

import java.util.List;

/**
 * A demo that the index lists.
 *
 * @param path below the context path
 * @param title of its link
 * @param text what it shows
 * @param module the module that it needs, or null if the module is part of the sample's source
 */
record Demo(String path, String title, String text, String module) {
  static final List<Demo> ALL =
      List.of(
          new Demo("/hello/c", "Hello from C", "26 KB, compiled with clang and wasi-libc.", null),
          new Demo(
              "/hello/rust",
              "Hello from Rust",
              "51 KB, compiled with rustc and its standard library.",
              null),
          new Demo(
              "/once/c/",
              "C, started once",
              "It finds the prime numbers below ten million when it is deployed; each request resumes a"
                  + " copy. The page says in how many microseconds it answered.",
              null),
          new Demo("/once/rust/", "Rust, started once", "The same in Rust.", null),
          new Demo(
              "/php/",
              "PHP 8.2",
              "A small application: a form, a file upload, a session; index.php for the directory,"
                  + " paths after the script, files beside it.",
              "php-cgi-8.2.0.wasm"),
          new Demo(
              "/python/http-request-viewer",
              "Python 3.11: HTTP request viewer",
              "Method, path, query, headers and body of the request, as a CGI program sees them.",
              "python-3.11.3.wasm"),
          new Demo(
              "/python/second-app",
              "Python 3.11: a second application",
              "A calendar. Another script on the same module; the log shows that it is loaded once.",
              "python-3.11.3.wasm"),
          new Demo(
              "/ruby/", "Ruby 3.2", "An ERB template and a form that posts.", "ruby-3.2.0.wasm"),
          new Demo(
              "/once/python/",
              "Python, started once",
              "A WSGI application that each request resumes a copy of.",
              "python-3.11.3.wasm"),
          new Demo(
              "/once/ruby/",
              "Ruby, started once",
              "The same with a Rack application.",
              "ruby-3.2.0.wasm"),
          new Demo(
              "/once/php/",
              "PHP, started once",
              "The same with php-cgi, which reads its script for each request.",
              "php-cgi-8.2.0.wasm"));
}
