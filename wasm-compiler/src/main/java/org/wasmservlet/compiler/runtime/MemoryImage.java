package org.wasmservlet.compiler.runtime;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * What a module's memory begins with: its active data segments, and zeros elsewhere. Made once per
 * module: large programs have tens of thousands of segments. Or what a program was frozen with;
 * where that is as its module's memory begins, it is not kept twice. Immutable.
 *
 * <p>It also brings a used memory back to that. Without marks ({@link Context#dirty}) that takes a
 * comparison of the whole memory, which is cheaper than writing all of it: most blocks are what
 * they were.
 */
public final class MemoryImage {
  /** The bits of an address within its block. */
  public static final int BLOCK_BITS = 10;

  /** The bytes of a block: what is marked as written to, restored and left out if it is zeros. */
  public static final int BLOCK = 1 << BLOCK_BITS;

  /** As many as are compared at once: few enough to stay in the processor's nearest cache. */
  private static final byte[] ZEROS = new byte[8 * BLOCK];

  /** Of a module without data. */
  public static final MemoryImage EMPTY = of(new byte[0]);

  /** The place of a block of zeros. */
  private static final int IS_ZEROS = -1;

  /** The place of a block that is what the same one of {@link #base} is, and no zeros. */
  private static final int IS_IN_BASE = -2;

  /**
   * By block: where it is in {@link #bytes}, or one of the constants. What is past it is zeros too.
   */
  private final int[] places;

  private final byte[] bytes;

  /** That of the module, for what a program was frozen with; else null. */
  private final MemoryImage base;

  /** By block: the one after those that follow each other in one array too, or are zeros. */
  private final int[] runEnds;

  private MemoryImage(int[] places, byte[] bytes, MemoryImage base) {
    this.places = places;
    this.bytes = bytes;
    this.base = base;
    this.runEnds = new int[places.length];
    for (int block = places.length - 1; block >= 0; block--) {
      int next = block + 1;
      runEnds[block] = next < places.length && isFollowed(block) ? runEnds[next] : next;
    }
  }

  /** Whether the next block comes after one in its array, or both are zeros. */
  private boolean isFollowed(int block) {
    int place = places[block];
    int next = places[block + 1];
    if (place == IS_IN_BASE) {
      return next == IS_IN_BASE && base.isFollowed(block);
    }
    return next == (place == IS_ZEROS ? IS_ZEROS : place + BLOCK);
  }

  /**
   * Makes an image.
   *
   * @param content how a memory begins; copied
   * @return the image
   */
  public static MemoryImage of(byte[] content) {
    int blocks = (content.length + BLOCK - 1) / BLOCK;
    return of(Arrays.copyOf(content, blocks * BLOCK), null);
  }

  /**
   * Makes an image of what a program has made of its memory.
   *
   * @param content how it is; copied
   * @param began how it began; null if that is in no image
   * @return the image, which has of the content what is neither zeros nor as its module's began
   */
  static MemoryImage of(byte[] content, MemoryImage began) {
    MemoryImage base = began == null || began.base == null ? began : began.base;
    int[] places = new int[content.length / BLOCK];
    int own = 0;
    for (int block = 0; block < places.length; block++) {
      if (isAt(content, block * BLOCK, ZEROS, 0)) {
        places[block] = IS_ZEROS;
      } else if (base != null && base.isInitial(content, block)) {
        places[block] = IS_IN_BASE;
      } else {
        places[block] = own;
        own += BLOCK;
      }
    }
    byte[] bytes = new byte[own];
    for (int block = 0; block < places.length; block++) {
      if (places[block] >= 0) {
        System.arraycopy(content, block * BLOCK, bytes, places[block], BLOCK);
      }
    }
    return new MemoryImage(places, bytes, base);
  }

  /**
   * What an image takes besides the blocks that are not zeros.
   *
   * @param length of the memory, as far as there is something in it
   * @return bytes
   */
  public static long indexBytes(long length) {
    return length / BLOCK * (2 * Integer.BYTES);
  }

  /**
   * Begins an image.
   *
   * @param length of the memory, as far as there is something in it
   * @return a builder of zeros
   */
  public static Builder builder(int length) {
    return new Builder((length + BLOCK - 1) / BLOCK);
  }

  /**
   * Makes an image of pieces: first all room is reserved, then it is filled. Takes no more than the
   * blocks that they are in, however far these are apart.
   */
  public static final class Builder {
    private final int[] places;
    private int reserved;
    private byte[] bytes;

    private Builder(int blocks) {
      places = new int[blocks];
      Arrays.fill(places, IS_ZEROS);
    }

    /**
     * Reserves room.
     *
     * @param offset where something will be put
     * @param length how much, in bytes
     */
    public void reserve(int offset, int length) {
      if (length == 0) {
        return;
      }
      for (int block = offset / BLOCK; block * BLOCK < offset + length; block++) {
        if (places[block] < 0) {
          places[block] = 0;
          reserved += BLOCK;
        }
      }
    }

    /**
     * What it will take.
     *
     * @return bytes
     */
    public int reserved() {
      return reserved;
    }

    /**
     * Fills room that was reserved, over what is there already.
     *
     * @param offset where
     * @param data has what
     * @param from where that begins in it
     * @param length how much of it
     */
    public void put(int offset, byte[] data, int from, int length) {
      if (bytes == null) {
        allocate();
      }
      int done = 0;
      while (done < length) {
        int at = offset + done;
        int count = Math.min(length - done, BLOCK - at % BLOCK);
        System.arraycopy(data, from + done, bytes, places[at / BLOCK] + at % BLOCK, count);
        done += count;
      }
    }

    private void allocate() {
      bytes = new byte[reserved];
      int next = 0;
      for (int block = 0; block < places.length; block++) {
        if (places[block] >= 0) {
          places[block] = next;
          next += BLOCK;
        }
      }
    }

    /**
     * Makes the image. The builder is not to be used afterwards.
     *
     * @return without the blocks that are zeros
     */
    public MemoryImage build() {
      if (bytes == null) {
        allocate();
      }
      int filled = 0;
      for (int block = 0; block < places.length; block++) {
        if (places[block] < 0) {
          continue;
        }
        if (isAt(bytes, places[block], ZEROS, 0)) {
          places[block] = IS_ZEROS;
        } else {
          // Gaps close towards the start: nothing is overwritten that is still to be read.
          System.arraycopy(bytes, places[block], bytes, filled, BLOCK);
          places[block] = filled;
          filled += BLOCK;
        }
      }
      return new MemoryImage(places, Arrays.copyOf(bytes, filled), null);
    }
  }

  /**
   * What it takes, without its module's.
   *
   * @return bytes, about
   */
  public long bytes() {
    return bytes.length + indexBytes(length());
  }

  /** The least length of a memory that it fits into. */
  int length() {
    return places.length * BLOCK;
  }

  /** Lays it into an array of zeros that is long enough. */
  void copyTo(byte[] zeros) {
    for (int block = 0; block < places.length; block++) {
      if (places[block] != IS_ZEROS) {
        System.arraycopy(source(block), place(block), zeros, block * BLOCK, BLOCK);
      }
    }
  }

  /** Makes a used memory what it was in the beginning. */
  void restore(UsedMemory used) {
    restore(used, 0, used.dirty().length);
    Arrays.fill(used.dirty(), 0);
    assert isInitial(used.bytes()) : "a block was written to and not marked";
  }

  private void restore(UsedMemory used, int first, int end) {
    byte[] memory = used.bytes();
    for (int block = first; block < end; block++) {
      if (isDirty(memory, used.dirty(), block)) {
        System.arraycopy(source(block), place(block), memory, block * BLOCK, BLOCK);
      }
    }
  }

  /**
   * Makes a used memory what a guest has made of its own, which is shorter.
   *
   * @param dirty {@link Context#dirty} of all that the guest has changed
   */
  void move(byte[] memory, int[] dirty, UsedMemory longer) {
    int blocks = dirty.length;
    int block = 0;
    while (block < blocks) {
      int first = block;
      while (block < blocks && !isDirty(memory, dirty, block)) {
        block++;
      }
      restore(longer, first, block);
      first = block;
      while (block < blocks && isDirty(memory, dirty, block)) {
        block++;
      }
      System.arraycopy(
          memory, first * BLOCK, longer.bytes(), first * BLOCK, (block - first) * BLOCK);
    }
    restore(longer, blocks, longer.dirty().length);
    System.arraycopy(dirty, 0, longer.dirty(), 0, blocks);
    Arrays.fill(longer.dirty(), blocks, longer.dirty().length, 0);
    assert isMoved(memory, longer.bytes()) : "a block was written to and not marked";
  }

  private boolean isMoved(byte[] memory, byte[] longer) {
    return Arrays.equals(memory, 0, memory.length, longer, 0, memory.length)
        && nextChanged(longer, memory.length / BLOCK, longer.length / BLOCK)
            == longer.length / BLOCK;
  }

  /** Marks what a guest has changed, where its code does not. */
  void mark(byte[] memory, int[] dirty) {
    int block = 0;
    while (block < dirty.length) {
      int first = block;
      while (block < dirty.length && dirty[block] == 0) {
        block++;
      }
      int changed = nextChanged(memory, first, block);
      while (changed < block) {
        dirty[changed] = 1;
        changed = nextChanged(memory, changed + 1, block);
      }
      block++;
    }
  }

  /** Whether the marks say all that differs. */
  boolean isMarked(byte[] memory, int[] dirty) {
    for (int block = 0; block < dirty.length; block++) {
      if (!isDirty(memory, dirty, block) && !isInitial(memory, block)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDirty(byte[] memory, int[] dirty, int block) {
    if (dirty[block] != 0) {
      return true;
    }
    // A store may reach from the block that it marks into the next one, but seldom does.
    return block > 0 && dirty[block - 1] != 0 && !isInitial(memory, block);
  }

  /** The first block of some that is not what it was, or the end. */
  private int nextChanged(byte[] memory, int from, int end) {
    int block = from;
    while (block < end) {
      byte[] source = source(block);
      int place = place(block);
      int runEnd = Math.min(end, block < places.length ? runEnds[block] : end);
      int at = block * BLOCK;
      int length = (runEnd - block) * BLOCK;
      if (source == ZEROS) {
        length = Math.min(length, ZEROS.length);
      }
      int mismatch = Arrays.mismatch(memory, at, at + length, source, place, place + length);
      if (mismatch >= 0) {
        return (at + mismatch) >> BLOCK_BITS;
      }
      block = (at + length) >> BLOCK_BITS;
    }
    return block;
  }

  private boolean isInitial(byte[] memory) {
    return nextChanged(memory, 0, memory.length / BLOCK) == memory.length / BLOCK;
  }

  private boolean isInitial(byte[] memory, int block) {
    return isAt(memory, block * BLOCK, source(block), place(block));
  }

  private byte[] source(int block) {
    int place = block < places.length ? places[block] : IS_ZEROS;
    if (place >= 0) {
      return bytes;
    }
    return place == IS_ZEROS ? ZEROS : base.bytes;
  }

  private int place(int block) {
    int place = block < places.length ? places[block] : IS_ZEROS;
    if (place >= 0) {
      return place;
    }
    return place == IS_ZEROS ? 0 : base.places[block];
  }

  private static boolean isAt(byte[] memory, int at, byte[] block, int from) {
    return Arrays.equals(memory, at, at + BLOCK, block, from, from + BLOCK);
  }

  /**
   * Writes it, without its module's.
   *
   * @param out where to
   * @throws IOException if that fails
   */
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(places.length);
    for (int place : places) {
      out.writeInt(place);
    }
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in where from: bytes that are in the heap, for nothing longer than these is allocated
   * @param base the module's, for what a program was frozen with; else null
   * @return the image
   * @throws IOException if that fails, or they are no image with this base
   */
  public static MemoryImage read(DataInputStream in, MemoryImage base) throws IOException {
    int[] places = new int[readCount(in, Integer.BYTES)];
    for (int block = 0; block < places.length; block++) {
      places[block] = in.readInt();
    }
    byte[] bytes = new byte[readCount(in, 1)];
    in.readFully(bytes);
    for (int block = 0; block < places.length; block++) {
      if (!isPlace(places[block], block, bytes.length, base)) {
        throw new StreamCorruptedException("block " + block + " is nowhere");
      }
    }
    return new MemoryImage(places, bytes, base);
  }

  private static boolean isPlace(int place, int block, int length, MemoryImage base) {
    return switch (place) {
      case IS_ZEROS -> true;
      case IS_IN_BASE -> base != null && block < base.places.length && base.places[block] >= 0;
      default -> place >= 0 && place <= length - BLOCK;
    };
  }

  private static int readCount(DataInputStream in, int bytesEach) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / bytesEach) {
      throw new EOFException();
    }
    return count;
  }
}
