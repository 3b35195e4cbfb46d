package org.wasmservlet.bench.server;

/** What is asked for. Every system has it at the same path. */
enum Program {
  PHP("php hello", "/php/hello.php"),
  PYTHON("python hello", "/python"),
  /** Ours alone: neither mod_wasm nor a usual machine has a Ruby for it. */
  RUBY("ruby hello", "/ruby"),
  /** Where the folder of frameworks is named, as the next. */
  FLASK("Flask hello", "/flask/"),
  DJANGO("Django hello", "/django/"),
  SMALL("small guest", "/small"),
  RESPONSE("1 MB response", "/response"),
  UPLOAD("1 MB upload", "/upload"),
  /** Pages of a WordPress that is one and the same on all systems. */
  WP_FRONT("WordPress, front page", "/wordpress/"),
  WP_POST("WordPress, a post", "/wordpress/hello-world/"),
  WP_LOGIN("WordPress, wp-login", "/wordpress/wp-login.php"),
  /** A guest that does nothing, and a servlet of Java that answers with the same. */
  NOTHING("no work, guest", "/nothing"),
  PLAIN("no work, servlet", "/plain"),
  /** Files of three sizes, by the container's default servlet. */
  FILE_1KB("1 KB file", "/files/1kb.css"),
  FILE_100KB("100 KB file", "/files/100kb.js"),
  FILE_2MB("2 MB file", "/files/2mb.png"),
  /** The same, after a filter of ours has looked at the path. */
  ROOT_1KB("1 KB file, filter", "/root/1kb.css"),
  ROOT_100KB("100 KB file, filter", "/root/100kb.js"),
  ROOT_2MB("2 MB file, filter", "/root/2mb.png"),
  /** The same out of a directory that is not the web application's, by our filter. */
  OUTSIDE_1KB("1 KB file, outside", "/outside/1kb.css"),
  OUTSIDE_100KB("100 KB file, outside", "/outside/100kb.js"),
  OUTSIDE_2MB("2 MB file, outside", "/outside/2mb.png");

  private static final int MEGABYTE = 1 << 20;

  final String title;
  final String path;

  Program(String title, String path) {
    this.title = title;
    this.path = path;
  }

  String method() {
    return this == UPLOAD ? "POST" : "GET";
  }

  /** Of the request's body, in bytes. */
  int bodyLength() {
    return this == UPLOAD ? MEGABYTE : 0;
  }

  /** For the command line: "php". */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether it is there to tell what our own code costs, and nobody else has it. */
  boolean isOurs() {
    return compareTo(NOTHING) >= 0;
  }

  boolean isWordPress() {
    return compareTo(WP_FRONT) >= 0 && compareTo(WP_LOGIN) <= 0;
  }

  boolean isFile() {
    return compareTo(FILE_1KB) >= 0;
  }

  /** Whether an interpreter has to be warmed up for it. */
  boolean isInterpreted() {
    return this == PHP || this == PYTHON || this == RUBY || isFramework() || isWordPress();
  }

  /** Whether it needs what pip has installed. */
  boolean isFramework() {
    return this == FLASK || this == DJANGO;
  }
}
