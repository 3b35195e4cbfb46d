package org.wasmservlet.bench.server;

/** What is asked for. Every system has it at the same path. */
enum Program {
  PHP("php hello", "/php/hello.php"),
  PYTHON("python hello", "/python"),
  SMALL("small guest", "/small"),
  RESPONSE("1 MB response", "/response"),
  UPLOAD("1 MB upload", "/upload"),
  /** A guest that does nothing, and a servlet of Java that answers with the same. */
  NOTHING("no work, guest", "/nothing"),
  PLAIN("no work, servlet", "/plain");

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
    return this == NOTHING || this == PLAIN;
  }

  /** Whether an interpreter has to be warmed up for it. */
  boolean isInterpreted() {
    return this == PHP || this == PYTHON;
  }
}
