package org.wasmservlet.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void isReadInWhateverOrderItIsWritten() {
    assertThat(
            Challenge.of(
                List.of("bearer scope=\"a:b:pull,push\" , Service=x,realm=\"https://h/t?a=b\"")))
        .contains(
            new Challenge(
                "bearer",
                Map.of("scope", "a:b:pull,push", "service", "x", "realm", "https://h/t?a=b")));
  }

  @Test
  void isTheFirstThatCanBeMet() {
    assertThat(Challenge.of(List.of("Negotiate, Digest realm=\"d\", nonce=\"n\"", "Basic")))
        .contains(new Challenge("basic", Map.of()));
    assertThat(Challenge.of(List.of("Digest realm=\"d\", Basic realm=\"b\"")))
        .contains(new Challenge("basic", Map.of("realm", "b")));
  }

  @Test
  void isNoneWhereNothingCanBeRead() {
    assertThat(Challenge.of(List.of())).isEmpty();
    assertThat(Challenge.of(List.of("", "Negotiate", "=\"\"", "\u0000"))).isEmpty();
  }
}
