package org.wasmservlet.server.tomcat;

import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.wasmservlet.server.option.Options.AccessLogTarget;

/** Writes a line for each request, at once, at the end of a file or of standard output. */
final class AccessLog extends AbstractAccessLogValve {
  private final PrintStream out;
  private final boolean isOurs;

  private AccessLog(PrintStream out, boolean isOurs) {
    this.out = out;
    this.isOurs = isOurs;
    setPattern("combined");
  }

  /**
   * Opens one.
   *
   * @throws StartException if it cannot be written
   */
  static AccessLog open(AccessLogTarget target, PrintStream standardOutput) throws StartException {
    if (target.file().isEmpty()) {
      return new AccessLog(standardOutput, false);
    }
    Path file = target.file().get();
    try {
      OutputStream appending =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new AccessLog(new PrintStream(appending, false, StandardCharsets.UTF_8), true);
    } catch (IOException e) {
      throw new StartException("command line: --access-log '" + file + "': " + e, e);
    }
  }

  @Override
  protected void log(CharArrayWriter message) {
    // In one piece: requests of several threads end at once.
    message.write('\n');
    byte[] line = message.toString().getBytes(StandardCharsets.UTF_8);
    out.write(line, 0, line.length);
    out.flush();
  }

  void close() {
    if (isOurs) {
      out.close();
    }
  }
}
