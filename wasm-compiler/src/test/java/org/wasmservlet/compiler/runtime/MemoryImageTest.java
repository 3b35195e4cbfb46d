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
  private static final int LONGER = BLOCKS + 9;

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
      @ForAll("addresses") List<Integer> data,
      @ForAll("addresses") List<Integer> writes,
      @ForAll("addresses") List<Integer> writesBefore,
      @ForAll boolean marked) {
    byte[] content = new byte[data.stream().mapToInt(at -> at + 1).max().orElse(0)];
    data.forEach(at -> content[at] = (byte) (1 + at % 100));
    MemoryImage image = MemoryImage.of(content);
    byte[] initial = initial(image, BLOCKS);
    assertThat(Arrays.copyOf(initial, content.length)).isEqualTo(content);

    byte[] memory = initial.clone();
    int[] dirty = write(memory, writes);
    if (!marked) {
      dirty = new int[BLOCKS];
      image.mark(memory, dirty);
    }
    byte[] longer = initial(image, LONGER);
    int[] stale = write(longer, writesBefore);
    longer[LONGER * BLOCK - 1]++;
    stale[LONGER - 1] = 1;
    UsedMemory used = new UsedMemory(longer, stale);
    image.move(memory, dirty, used);
    assertThat(Arrays.copyOf(longer, memory.length)).isEqualTo(memory);
    assertThat(Arrays.copyOfRange(longer, memory.length, longer.length)).containsOnly(0);

    image.restore(new UsedMemory(memory, dirty));
    assertThat(memory).isEqualTo(initial);
    image.restore(used);
    assertThat(longer).isEqualTo(initial(image, LONGER));
  }

  /** Writes two bytes at each address, if there are two; marks the block of the first one. */
  private static int[] write(byte[] memory, List<Integer> addresses) {
    int[] dirty = new int[memory.length / BLOCK];
    for (int at : addresses) {
      memory[at]++;
      memory[Math.min(at + 1, memory.length - 1)]--;
      dirty[at / BLOCK] = 1;
    }
    return dirty;
  }

  @Example
  void aMemoryOfNoBytesIsWhatItWas() {
    MemoryImage.EMPTY.restore(new UsedMemory(new byte[0], new int[0]));
    UsedMemory longer = new UsedMemory(new byte[BLOCK], new int[1]);
    MemoryImage.EMPTY.move(new byte[0], new int[0], longer);
  }

  private static byte[] initial(MemoryImage image, int blocks) {
    byte[] memory = new byte[blocks * BLOCK];
    image.copyTo(memory);
    return memory;
  }
}
