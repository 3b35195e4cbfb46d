package org.wasmservlet.cgi;

import java.io.IOException;

/** A guest's output is no CGI response. An IOException, so that writing it ends the guest. */
public final class MalformedResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedResponseException(String message) {
    super(message);
  }
}
