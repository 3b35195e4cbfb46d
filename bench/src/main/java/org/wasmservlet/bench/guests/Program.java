package org.wasmservlet.bench.guests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.bench.peers.Order;

/**
 * A program that all peers run. Its output must be the same on all of them.
 *
 * @param module its file's name in the folder of the runtimes
 * @param preopens what it sees; all peers the same
 * @param copied what it sees, as a copy of each peer's own, for it changes what is in it
 */
record Program(
    String name,
    String module,
    String entryPoint,
    List<String> arguments,
    Map<String, String> environment,
    Map<String, Path> preopens,
    Map<String, Path> copied,
    Path stdin) {
  static final String START = "_start";

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** What a peer is told. */
  Order order(Path stdout, Map<String, Path> copies) {
    Map<String, Path> all = new HashMap<>(preopens);
    all.putAll(copies);
    return new Order(arguments, environment, all, entryPoint, stdin, stdout, null, LIMIT, null);
  }

  /** Whether it is one of the many scripts, which count together. */
  boolean isOfSet() {
    return name.indexOf('/') >= 0;
  }

  /** The language of a script of the set. */
  String language() {
    return name.substring(0, name.indexOf('/'));
  }

  /** Whether it goes back in a file that it writes. */
  boolean seeks() {
    return module.equals("clang.wasm");
  }

  /** Whether it wants {@code wasi_unstable}, preview 0. */
  boolean isPreview0() {
    return module.equals("clang.wasm") || module.equals("sqlite.wasm");
  }
}
