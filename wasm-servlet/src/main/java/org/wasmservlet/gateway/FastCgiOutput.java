package org.wasmservlet.gateway;

import java.io.IOException;
import java.io.OutputStream;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.core.Outcome;

/**
 * Reads the records that a FastCGI responder sends, as they come: its answer goes on, what it says
 * of errors goes to the log. Nothing of them is kept, however long they say they are. Used by one
 * thread.
 *
 * <p>It throws MalformedResponseException, which ends the guest, where they are no records of the
 * request's.
 */
final class FastCgiOutput extends OutputStream {
  private static final int END_REQUEST = 3;
  private static final int STDOUT = 6;
  private static final int STDERR = 7;

  private static final int END_REQUEST_BODY = 8;
  private static final int COMPLETE = 0;

  private final OutputStream answer;
  private final OutputStream log;

  private final byte[] header = new byte[FastCgiInput.HEADER];
  private int headerBytes;
  private int type;
  private int content;
  private int padding;

  /** Eight bytes, of which there are no more. */
  private long endBody;

  private boolean hasBegun;
  private boolean hasEnded;

  FastCgiOutput(OutputStream answer, OutputStream log) {
    this.answer = answer;
    this.log = log;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    hasBegun |= length > 0;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (headerBytes < header.length) {
        header[headerBytes++] = bytes[at++];
        if (headerBytes == header.length) {
          begin();
        }
      } else if (content > 0) {
        int count = Math.min(content, end - at);
        content -= count;
        take(bytes, at, count);
        at += count;
      } else {
        int count = Math.min(padding, end - at);
        padding -= count;
        at += count;
      }
      if (headerBytes == header.length && content == 0 && padding == 0) {
        headerBytes = 0;
      }
    }
  }

  private void begin() throws MalformedResponseException {
    type = header[1] & 0xff;
    int request = unsignedShort(2);
    content = unsignedShort(4);
    padding = header[6] & 0xff;
    if (hasEnded) {
      throw malformed("something after FCGI_END_REQUEST");
    }
    if (header[0] != FastCgiInput.VERSION) {
      throw malformed("a record of version " + (header[0] & 0xff));
    }
    if (request != FastCgiInput.REQUEST) {
      throw malformed("a record of request " + request);
    }
    if (type != STDOUT && type != STDERR && type != END_REQUEST) {
      throw malformed("a record of type " + type);
    }
    if (type == END_REQUEST && content != END_REQUEST_BODY) {
      throw malformed("an FCGI_END_REQUEST of " + content + " bytes");
    }
  }

  private int unsignedShort(int at) {
    return (header[at] & 0xff) << 8 | header[at + 1] & 0xff;
  }

  private void take(byte[] bytes, int offset, int count) throws IOException {
    if (type == STDOUT) {
      answer.write(bytes, offset, count);
    } else if (type == STDERR) {
      log.write(bytes, offset, count);
    } else {
      for (int i = 0; i < count; i++) {
        endBody = endBody << 8 | bytes[offset + i] & 0xff;
      }
      if (content == 0) {
        hasEnded = true;
        int status = (int) (endBody >>> 24) & 0xff;
        if (status != COMPLETE) {
          throw malformed("the request refused with protocol status " + status);
        }
      }
    }
  }

  @Override
  public void flush() throws IOException {
    answer.flush();
  }

  /** Whether the program has said that its answer is. */
  boolean isWhole() {
    return hasEnded;
  }

  /**
   * Tells how the program's work for the request ended.
   *
   * @param run how its run did
   * @throws MalformedResponseException if that was well and the answer is not whole
   */
  Outcome outcome(Outcome run) throws MalformedResponseException {
    if (!(run instanceof Outcome.Success)) {
      return run;
    }
    if (!hasEnded) {
      throw malformed(
          hasBegun
              ? "no FCGI_END_REQUEST"
              : "nothing on the connection; is the program told to accept it, as php-cgi by -b?");
    }
    int code = (int) (endBody >>> 32);
    return code == 0 ? run : new Outcome.Exit(code);
  }

  private static MalformedResponseException malformed(String reason) {
    return new MalformedResponseException("FastCGI: " + reason);
  }
}
