package org.wasmservlet.test.hostile;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to attack a host.
 *
 * @param name what is tried, for the test's name
 * @param guest the module that tries it
 * @param query what it is told
 * @param requests how often in a row
 * @param initParams of its servlet, but for the module, and for the directory where it is to be /;
 *     ROOT and OUTSIDE stand for the directories of the tree
 * @param preparation of the tree, or of the host meanwhile
 * @param check of what came of it
 */
record Attack(
    String name,
    byte[] guest,
    String query,
    int requests,
    List<String> initParams,
    Preparation preparation,
    Check check) {

  /** Prepares the tree; what it returns is closed when the attack is over. */
  interface Preparation {
    Closeable prepare(Path root) throws Exception;
  }

  /** Looks at what came of an attack. */
  interface Check {
    void check(Result result) throws Exception;
  }

  /**
   * What came of an attack.
   *
   * @param statuses of each response
   * @param bodies of each response
   * @param whole whether the last response was whole
   * @param log what the library logged
   * @param tree the guest's directory and what is beside it
   * @param rootUnchanged whether the guest's directory is as it was
   */
  record Result(
      List<Integer> statuses,
      List<String> bodies,
      boolean whole,
      List<String> log,
      HostileTree tree,
      boolean rootUnchanged) {
    String body() {
      return bodies.get(bodies.size() - 1);
    }

    int status() {
      return statuses.get(statuses.size() - 1);
    }

    /** What the guest wrote that it could do. */
    List<String> successes() {
      return body().lines().filter(line -> !line.equals("done")).toList();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
