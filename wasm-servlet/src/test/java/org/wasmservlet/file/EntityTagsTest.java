package org.wasmservlet.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityTagsTest {
  @Test
  void areSplitAtTheirQuotes() {
    assertThat(EntityTags.parse("\"a,b\", W/\"c\",\"\""))
        .containsExactly("\"a,b\"", "W/\"c\"", "\"\"");
    assertThat(EntityTags.parse(" * ")).containsExactly("*");
  }

  @Test
  void areNothingElse() {
    assertThat(EntityTags.parse("a, b")).isEmpty();
    assertThat(EntityTags.parse("\"a\", \"b")).containsExactly("\"a\"");
    assertThat(EntityTags.parse("")).isEmpty();
  }
}
