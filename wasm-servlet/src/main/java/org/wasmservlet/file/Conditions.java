package org.wasmservlet.file;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;

/** Evaluates the conditions of a GET or HEAD request in their order (RFC 9110, section 13.2.2). */
final class Conditions {
  private static final long NO_DATE = -1;
  private static final long MILLIS_PER_SECOND = 1000;

  private final HttpServletRequest request;
  private final Validators validators;

  Conditions(HttpServletRequest request, Validators validators) {
    this.request = request;
    this.validators = validators;
  }

  /** 200 if the file is to be sent, else 304 or 412. */
  int status() {
    if (!isUnmodifiedAsRequired()) {
      return HttpServletResponse.SC_PRECONDITION_FAILED;
    }
    return isKnownToTheClient() ? HttpServletResponse.SC_NOT_MODIFIED : HttpServletResponse.SC_OK;
  }

  private boolean isUnmodifiedAsRequired() {
    String match = header("If-Match");
    if (match != null) {
      List<String> tags = EntityTags.parse(match);
      return tags.contains(EntityTags.ANY) || tags.stream().anyMatch(validators::isStrongly);
    }
    long since = date("If-Unmodified-Since");
    return since == NO_DATE || validators.modified() <= since;
  }

  private boolean isKnownToTheClient() {
    String noneMatch = header("If-None-Match");
    if (noneMatch != null) {
      List<String> tags = EntityTags.parse(noneMatch);
      return tags.contains(EntityTags.ANY) || tags.stream().anyMatch(validators::isWeakly);
    }
    long since = date("If-Modified-Since");
    return since != NO_DATE && validators.modified() <= since;
  }

  /**
   * Whether a Range is to be honoured, since the client has parts of this very state (If-Range).
   */
  boolean rangeApplies() {
    String ifRange = header("If-Range");
    if (ifRange == null) {
      return true;
    }
    if (ifRange.endsWith("\"")) {
      return validators.isStrongly(ifRange.strip());
    }
    return validators.dateIsStrong() && date("If-Range") == validators.modified();
  }

  private String header(String name) {
    if (request.getHeader(name) == null) {
      return null;
    }
    return String.join(",", Collections.list(request.getHeaders(name)));
  }

  /** In seconds; a header that is no date counts as none. */
  private long date(String name) {
    try {
      long millis = request.getDateHeader(name);
      return millis < 0 ? NO_DATE : millis / MILLIS_PER_SECOND;
    } catch (IllegalArgumentException e) {
      return NO_DATE;
    }
  }
}
