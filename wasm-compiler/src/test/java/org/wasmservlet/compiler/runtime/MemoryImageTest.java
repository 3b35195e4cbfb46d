package org.wasmservlet.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  @Property(tries = 300)
  void whatAProgramWasFrozenWithKeepsWhatItChanged(
      @ForAll("addresses") List<Integer> data,
      @ForAll("addresses") List<Integer> changes,
      @ForAll("addresses") List<Integer> writes,
      @ForAll boolean marked)
      throws IOException {
    byte[] began = new byte[BLOCKS / 2 * BLOCK];
    data.stream().filter(at -> at < began.length).forEach(at -> began[at] = (byte) (1 + at % 100));
    MemoryImage module = MemoryImage.of(began);
    byte[] content = initial(module, BLOCKS);
    changes.forEach(at -> content[at] = (byte) (at % 3));
    MemoryImage made = MemoryImage.of(content, module);
    assertThat(made.bytes() - MemoryImage.indexBytes(content.length))
        .isEqualTo((long) BLOCK * changedBlocks(content, initial(module, BLOCKS)));

    for (MemoryImage image : List.of(made, read(written(made), module))) {
      assertThat(initial(image, BLOCKS)).isEqualTo(content);
      byte[] memory = content.clone();
      int[] dirty = write(memory, writes);
      if (!marked) {
        dirty = new int[BLOCKS];
        image.mark(memory, dirty);
      }
      assertThat(image.isMarked(memory, dirty)).isTrue();
      image.restore(new UsedMemory(memory, dirty));
      assertThat(memory).isEqualTo(content);
    }
  }

  @Example
  void anImageIsNotReadWithAnotherBase() throws IOException {
    byte[] began = new byte[2 * BLOCK];
    began[BLOCK] = 1;
    MemoryImage module = MemoryImage.of(began);
    byte[] frozen = written(MemoryImage.of(began.clone(), module));
    assertThatThrownBy(() -> read(frozen, null)).isInstanceOf(StreamCorruptedException.class);
    assertThatThrownBy(() -> read(frozen, MemoryImage.EMPTY))
        .isInstanceOf(StreamCorruptedException.class);
    began[0] = began[BLOCK];
    began[BLOCK] = 0;
    MemoryImage other = MemoryImage.of(began);
    assertThatThrownBy(() -> read(frozen, other)).isInstanceOf(StreamCorruptedException.class);
  }

  @Example
  void anImageWhoseBlocksAreOutsideOfItIsNotRead() throws IOException {
    byte[] stored = written(MemoryImage.of(new byte[] {1}));
    for (int wrong : List.of(-3, 1, BLOCK, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
      ByteBuffer.wrap(stored).putInt(Integer.BYTES, wrong);
      assertThatThrownBy(() -> read(stored, null)).isInstanceOf(StreamCorruptedException.class);
    }
  }

  /** Those that are neither what they were nor zeros. */
  private static long changedBlocks(byte[] content, byte[] began) {
    return IntStream.range(0, BLOCKS)
        .filter(
            block ->
                !isSame(content, began, block) && !isSame(content, new byte[content.length], block))
        .count();
  }

  private static boolean isSame(byte[] one, byte[] other, int block) {
    int from = block * BLOCK;
    return Arrays.equals(one, from, from + BLOCK, other, from, from + BLOCK);
  }

  private static byte[] written(MemoryImage image) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    image.write(new DataOutputStream(stored));
    return stored.toByteArray();
  }

  private static MemoryImage read(byte[] stored, MemoryImage base) throws IOException {
    return MemoryImage.read(new DataInputStream(new ByteArrayInputStream(stored)), base);
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
