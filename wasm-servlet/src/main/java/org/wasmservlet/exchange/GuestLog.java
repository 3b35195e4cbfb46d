package org.wasmservlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.wasmservlet.cgi.Visible;

/**
 * A guest's standard error on its way into the log: line by line, each with the request it belongs
 * to, and no more of them than a log can bear.
 */
public final class GuestLog extends OutputStream {
  static final int LINES_AT_MOST = 500;
  static final int LINE_BYTES_AT_MOST = 4096;

  private final Logger logger;
  private final Supplier<String> request;

  /** Null until the guest writes, which most never do. */
  private byte[] line;

  private int filled;
  private boolean lineCut;
  private int lines;
  private long dropped;

  /**
   * Makes one.
   *
   * @param logger that is written to
   * @param request what the lines belong to, asked when there are any
   */
  public GuestLog(Logger logger, Supplier<String> request) {
    this.logger = logger;
    this.request = request;
  }

  @Override
  public void write(int b) {
    if (line == null) {
      line = new byte[LINE_BYTES_AT_MOST];
    }
    if (b == '\n') {
      endLine();
    } else if (filled < line.length) {
      line[filled++] = (byte) b;
    } else {
      lineCut = true;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      write(bytes[offset + i]);
    }
  }

  /** Logs a last line without an end, and how much was left out. */
  public void finish() {
    if (filled > 0) {
      endLine();
    }
    if (dropped > 0) {
      logger.log(
          Level.WARNING,
          "{0} stderr: {1} more lines were left out",
          request.get(),
          Long.toString(dropped));
    }
  }

  @Override
  public void close() {
    finish();
  }

  private void endLine() {
    if (lines < LINES_AT_MOST) {
      lines++;
      int end = filled > 0 && line[filled - 1] == '\r' ? filled - 1 : filled;
      // Parameters, so that braces in a guest's text are not taken for a message's.
      logger.log(
          Level.WARNING,
          "{0} stderr: {1}{2}",
          request.get(),
          Visible.escape(new String(line, 0, end, UTF_8)),
          lineCut ? "..." : "");
    } else {
      dropped++;
    }
    filled = 0;
    lineCut = false;
  }
}
