package org.wasmservlet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** What is neither true nor false is not taken for false. */
class FlagTest {
  @Test
  void bothWordsAreRead() throws MojoFailureException {
    assertThat(Flag.isSet("freeze", "true")).isTrue();
    assertThat(Flag.isSet("freeze", " false\n")).isFalse();
  }

  @Test
  void anyOtherIsNamedWithTheParameter() {
    for (String wrong : new String[] {"perhaps", "True", "on", ""}) {
      assertThatThrownBy(() -> Flag.isSet("freeze", wrong))
          .isInstanceOf(MojoFailureException.class)
          .hasMessage("freeze (-Dwasm.freeze) '" + wrong + "': must be true or false");
    }
  }
}
