package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.util.diff.DiffUtils;
import org.wasmservlet.test.http.RawResponse;

/** Whether two answers are the same, but for what depends on the moment. */
final class Likeness {
  /** What depends on when it was asked for, and how much had been asked for before. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("date", "last-modified", "x-started-with", "content-length", "transfer-encoding");

  /** Moments and what is signed with one, passwords that are proposed, servers of avatars. */
  private static final Pattern CHANGES =
      Pattern.compile(
          "\\b1[789]\\d{8}(\\d{3})?\\b|\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d)?|\\d\\d:\\d\\d:\\d\\d"
              + "|moderation-hash=\\w+|data-pw=\"[^\"]*\"|[0-3]\\.gravatar");

  private Likeness() {}

  static void assertSame(String path, RawResponse actual, RawResponse expected) {
    assertThat(actual.status()).as(path).isEqualTo(expected.status());
    assertThat(headers(actual)).as(path).isEqualTo(headers(expected));
    if (Pages.isEachTimeAnother(path)) {
      assertThat(lines(actual)).as(path).hasSameSizeAs(lines(expected));
    } else {
      // The lines that differ: a page has too many to look through.
      assertThat(DiffUtils.diff(lines(expected), lines(actual)).getDeltas()).as(path).isEmpty();
    }
  }

  private static List<String> headers(RawResponse response) {
    return response.headers().stream()
        .filter(header -> !OF_THE_MOMENT.contains(header.name().toLowerCase(Locale.ROOT)))
        .map(header -> header.name() + ": " + masked(header.value()))
        .toList();
  }

  private static List<String> lines(RawResponse response) {
    return masked(response.body()).lines().toList();
  }

  private static String masked(String text) {
    return CHANGES.matcher(text).replaceAll("*");
  }
}
