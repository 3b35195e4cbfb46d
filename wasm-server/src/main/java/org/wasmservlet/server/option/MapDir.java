package org.wasmservlet.server.option;

import java.util.ArrayList;
import java.util.List;

/** {@code GUEST=HOST} or {@code GUEST=HOST:ro}. */
record MapDir(String guest, String host, boolean readOnly) {
  private static final String READ_ONLY = ":ro";
  private static final String TEMPORARY = "tmp:";

  static MapDir parse(String option, String value) throws UsageException {
    int equals = value.indexOf('=');
    if (equals < 1 || equals == value.length() - 1) {
      throw new UsageException(option, value, "must be GUEST=HOST or GUEST=HOST:ro");
    }
    String guest = value.substring(0, equals);
    String host = value.substring(equals + 1);
    if (host.startsWith(TEMPORARY)) {
      return new MapDir(guest, host, false);
    }
    boolean readOnly = host.endsWith(READ_ONLY);
    String path = readOnly ? host.substring(0, host.length() - READ_ONLY.length()) : host;
    return new MapDir(guest, Given.directory(option, value, path).toString(), readOnly);
  }

  /** As the directive has them. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(guest, host));
    if (readOnly) {
      words.add("ro");
    }
    return words;
  }
}
