package org.wasmservlet.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 0, 499",
    "bytes=500-, 500, 999",
    "bytes=-500, 500, 999",
    "bytes=-5000, 0, 999",
    "bytes=999-, 999, 999",
    "bytes=0-99999999999999999999999, 0, 999",
    "BYTES= 1-1 , 1, 1"
  })
  void findsOnePart(String header, long first, long last) {
    assertThat(RangeHeader.select(header, 1000))
        .isEqualTo(Optional.of(List.of(new ByteRange(first, last))));
  }

  @Test
  void findsSeveralPartsAndLeavesOutThoseBeyondTheEnd() {
    assertThat(RangeHeader.select("bytes=0-0, 5000-6000, -1", 1000))
        .isEqualTo(Optional.of(List.of(new ByteRange(0, 0), new ByteRange(999, 999))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=5000-,6000-"})
  void findsThatNoPartCanBeSent(String header) {
    assertThat(RangeHeader.select(header, 1000)).isEqualTo(Optional.of(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=a-b",
        "bytes=0-1,",
        "bytes=0-1,x",
        "bytes=0--1",
        "lines=0-1",
        "bytes=0-,0-"
      })
  void leavesWhatIsNotValidOrAsksForMoreThanTheFile(String header) {
    assertThat(RangeHeader.select(header, 1000)).isEmpty();
  }

  @Test
  void leavesTooManyParts() {
    List<String> specs = new ArrayList<>();
    for (int i = 0; i < RangeHeader.PARTS_AT_MOST; i++) {
      specs.add(i + "-" + i);
    }
    assertThat(RangeHeader.select("bytes=" + String.join(",", specs), 1000).orElseThrow())
        .hasSize(RangeHeader.PARTS_AT_MOST);
    specs.add("100-100");
    assertThat(RangeHeader.select("bytes=" + String.join(",", specs), 1000)).isEmpty();
  }

  @Test
  void hasNoPartsOfAnEmptyFile() {
    assertThat(RangeHeader.select("bytes=0-", 0)).isEmpty();
  }

  @Property
  void neverLeavesTheFile(
      @ForAll @StringLength(max = 30) @Chars({'0', '1', '9', '-', ',', ' '}) String specs,
      @ForAll @LongRange(min = 0, max = 200) long size) {
    RangeHeader.select("bytes=" + specs, size)
        .ifPresent(
            parts -> {
              assertThat(parts)
                  .allSatisfy(
                      part -> {
                        assertThat(part.first()).isBetween(0L, part.last());
                        assertThat(part.last()).isLessThan(size);
                      });
              assertThat(parts.stream().mapToLong(ByteRange::length).sum())
                  .isLessThanOrEqualTo(size);
            });
  }
}
