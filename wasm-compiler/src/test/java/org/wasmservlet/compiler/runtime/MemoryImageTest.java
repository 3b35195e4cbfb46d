package org.wasmservlet.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MemoryImageTest {
  private static final int BLOCK = MemoryImage.BLOCK;
  private static final int BLOCKS = 64;

  /** Addresses at the edges of blocks and between, of a memory of {@link #BLOCKS} blocks. */
  @Provide
  Arbitrary<List<Integer>> addresses() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, BLOCKS * BLOCK - 1),
            Arbitraries.integers().between(1, BLOCKS).map(block -> block * BLOCK - 1),
            Arbitraries.integers().between(0, BLOCKS - 1).map(block -> block * BLOCK))
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 300)
  void whatWasWrittenIsGoneOrMoved(
      @ForAll("addresses") List<Integer> data, @ForAll("addresses") List<Integer> writes) {
    byte[] content = new byte[data.stream().mapToInt(at -> at + 1).max().orElse(0)];
    data.forEach(at -> content[at] = (byte) (1 + at % 100));
    MemoryImage image = MemoryImage.of(content);
    byte[] initial = initial(image, BLOCKS);
    assertThat(Arrays.copyOf(initial, content.length)).isEqualTo(content);
    byte[] memory = initial.clone();
    writes.forEach(at -> memory[at]++);
    byte[] written = memory.clone();

    byte[] longer = initial(image, BLOCKS + 9);
    image.move(memory, null, longer);
    assertThat(Arrays.copyOf(longer, written.length)).isEqualTo(written);
    assertThat(Arrays.copyOfRange(longer, written.length, longer.length)).containsOnly(0);
    assertThat(memory).isEqualTo(initial);

    image.restore(written, null);
    assertThat(written).isEqualTo(initial);
  }

  @Example
  void aMemoryOfNoBytesIsWhatItWas() {
    MemoryImage.EMPTY.restore(new byte[0], null);
    MemoryImage.EMPTY.move(new byte[0], null, new byte[BLOCK]);
  }

  private static byte[] initial(MemoryImage image, int blocks) {
    byte[] memory = new byte[blocks * BLOCK];
    image.copyTo(memory);
    return memory;
  }
}
