package org.wasmservlet.cgi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** Gives as many bytes as were declared: never more, and less only by an exception. */
final class ExactInput extends BlockInput {
  private final InputStream in;
  private final BooleanSupplier allSent;
  private final long declared;
  private long left;

  /**
   * Makes one.
   *
   * @param allSent whether the client has sent what it declared, where less than that is given
   */
  ExactInput(InputStream in, long declared, BooleanSupplier allSent) {
    this.in = in;
    this.allSent = allSent;
    this.declared = declared;
    this.left = declared;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read;
    try {
      read = in.read(bytes, offset, (int) Math.min(length, left));
    } catch (IOException e) {
      throw cutOff(e);
    }
    if (read < 0) {
      throw allSent.getAsBoolean() ? RequestBody.readBefore(left, declared) : cutOff(null);
    }
    left -= read;
    return read;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  private BadRequestException cutOff(IOException cause) {
    return new BadRequestException(
        HttpServletResponse.SC_BAD_REQUEST,
        "the client sent " + (declared - left) + " of the " + declared + " bytes it declared",
        cause);
  }
}
