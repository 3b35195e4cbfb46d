package org.wasmservlet.bench.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A suite of programs of one module. */
interface Suite {
  /** The module's file in the folder of the runtimes. */
  String module();

  /** What sets this suite's results apart from those of others of its kind, or empty. */
  default String variant() {
    return "";
  }

  /**
   * Gives the programs.
   *
   * @param copy a copy of the suite's folder, which may be changed: each side has its own
   */
  List<Case> cases(Path copy) throws IOException;

  /** What the guest sees beside an empty root with /tmp. */
  Map<String, Path> preopens(Path copy, Path runtimes);

  /** Puts into an empty root what is to be there and not preopened by itself. */
  default void furnish(Path root, Path copy, Path runtimes) throws IOException {}

  /** Whether an output is of a program that tested nothing, for want of what it needs. */
  default boolean isEmpty(String output) {
    return false;
  }

  /** Takes out of an output what no two runs have in common. */
  default String normalised(String output) {
    return output;
  }
}
