package org.wasmservlet.bench.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One program of a suite.
 *
 * @param name unique in its suite, and a path's last parts
 * @param skip arguments of a program whose output begins with {@code skip} where the case cannot
 *     be; empty if it always can
 * @param stdin a file
 * @param opens the guest's path of a file that it opens when it has begun; empty if it reads
 *     standard input
 */
record Case(
    String name,
    List<String> arguments,
    Map<String, String> environment,
    List<String> skip,
    Path stdin,
    String opens) {}
