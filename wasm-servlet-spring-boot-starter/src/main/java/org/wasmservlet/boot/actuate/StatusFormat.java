package org.wasmservlet.boot.actuate;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** What a client accepts of the status: JSON, unless it prefers HTML. */
enum StatusFormat implements Producible<StatusFormat> {
  JSON(MimeTypeUtils.APPLICATION_JSON),
  HTML(MimeType.valueOf("text/html;charset=UTF-8"));

  private final MimeType type;

  StatusFormat(MimeType type) {
    this.type = type;
  }

  @Override
  public MimeType getProducedMimeType() {
    return type;
  }

  @Override
  public boolean isDefault() {
    return this == JSON;
  }
}
