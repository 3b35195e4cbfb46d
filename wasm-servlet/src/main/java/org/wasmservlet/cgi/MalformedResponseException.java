package org.wasmservlet.cgi;

import java.io.IOException;

/** A guest's output is no CGI response. An IOException, so that writing it ends the guest. */
public final class MalformedResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Says what is wrong.
   *
   * @param reason nothing that the guest has written is in it
   */
  public MalformedResponseException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /**
   * Quotes what the guest has written.
   *
   * @param reason what is wrong with it
   * @param written by the guest
   */
  MalformedResponseException(String reason, String written) {
    super(reason + ": " + Visible.text(written));
    this.reason = reason;
  }

  MalformedResponseException(String reason, Beginning written) {
    super(reason + ": " + written.quoted());
    this.reason = reason;
  }

  /**
   * The message without what the guest has written, which may be a secret.
   *
   * @return what is wrong
   */
  public String reason() {
    return reason;
  }
}
