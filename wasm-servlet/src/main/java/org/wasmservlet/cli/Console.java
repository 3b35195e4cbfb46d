package org.wasmservlet.cli;

import java.io.InputStream;
import java.io.PrintStream;
import org.wasmservlet.report.Report;

/**
 * Who has called the command.
 *
 * @param in what a command that is run reads
 * @param out for what there is to say
 * @param err for its diagnostics
 */
record Console(InputStream in, PrintStream out, PrintStream err) {
  Report report() {
    return new Report((level, line) -> out.println(line));
  }
}
