package org.wasmservlet.compiler.runtime;

import static com.dylibso.chicory.runtime.ConstantEvaluators.computeConstantValue;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * A linear memory that is one Java array, always exactly as long as the memory is. This object owns
 * the array and hands it to the contexts that use it. The memory of an instance that has an image
 * begins with an array that another such instance has left and leaves it to the next, and so with
 * every array that it outgrows.
 *
 * <p>If all code that runs on it marks the blocks that it writes to, only these have to be moved
 * and made good; if not, all of it is compared with the image. Not for several threads: shared
 * memories are refused.
 */
public final class FlatMemory implements Memory {
  private static final WeakReference<?>[] NOBODY = {};
  private static final byte[] NOTHING = {};
  private static final int[] NO_BLOCKS = {};

  private final MemoryLimits limits;
  private final Images images;
  private final LongPredicate reserve;
  private final LongConsumer release;

  /** Null until it is known whether the memory begins with an image or with zeros. */
  private byte[] bytes;

  /** {@link Context#dirty}. */
  private int[] dirty = NO_BLOCKS;

  /** Whether that says all. */
  private boolean marked = true;

  /** What the memory began with; null if it began with zeros. */
  private MemoryImage image;

  private DataSegment[] segments;
  private WeakReference<?>[] contexts = NOBODY;

  /**
   * Allocates a memory.
   *
   * @param limits in pages
   * @param images of the module
   * @param reserve asks for bytes before they are allocated
   * @param release gives back bytes that could not be allocated
   */
  public FlatMemory(
      MemoryLimits limits, Images images, LongPredicate reserve, LongConsumer release) {
    if (limits.shared()) {
      throw new UninstantiableException("shared memory is not supported");
    }
    if (limits.initialPages() > RUNTIME_MAX_PAGES) {
      throw new UninstantiableException(
          "a memory of " + limits.initialPages() + " pages is more than a Java array holds");
    }
    this.limits = limits;
    this.images = images;
    this.reserve = reserve;
    this.release = release;
    if (!reserve.test((long) limits.initialPages() * PAGE_SIZE)) {
      throw noRoom();
    }
  }

  private UninstantiableException noRoom() {
    return new UninstantiableException(
        "there is no room for a memory of " + limits.initialPages() + " pages");
  }

  /** The array, of zeros if nothing was asked of it before. */
  private byte[] bytes() {
    if (bytes == null) {
      allocate();
    }
    return bytes;
  }

  private void allocate() {
    boolean allocated = false;
    try {
      layDown(limits.initialPages() * PAGE_SIZE);
      allocated = true;
    } catch (OutOfMemoryError e) {
      throw noRoom();
    } finally {
      if (!allocated) {
        release.accept((long) limits.initialPages() * PAGE_SIZE);
      }
    }
  }

  private void layDown(int length) {
    UsedMemory used = leftByAnother(length);
    if (used != null) {
      image.restore(used);
      hand(used.bytes(), used.dirty());
      return;
    }
    byte[] zeros = new byte[length];
    int[] blocks = new int[length / MemoryImage.BLOCK];
    if (image != null) {
      image.copyTo(zeros);
    }
    hand(zeros, blocks);
  }

  /** Allocates nothing: the heap may be full. */
  private void hand(byte[] array, int[] blocks) {
    bytes = array;
    dirty = blocks;
    for (WeakReference<?> reference : contexts) {
      if (reference.get() instanceof Context context) {
        context.mem = array;
        context.dirty = blocks;
      }
    }
  }

  private void mark(int address, int size) {
    if (size > 0) {
      int last = (address + size - 1) / MemoryImage.BLOCK;
      Arrays.fill(dirty, address / MemoryImage.BLOCK, last + 1, 1);
    }
  }

  /** Goes on with a longer array and the content there is; false if there is no room for it. */
  private boolean lengthen(int length) {
    long added = (long) length - bytes.length;
    if (!reserve.test(added)) {
      return false;
    }
    byte[] shorter = bytes;
    int[] marks = marks();
    boolean lengthened = false;
    try {
      UsedMemory used = leftByAnother(length);
      if (used == null) {
        int[] blocks = Arrays.copyOf(marks, length / MemoryImage.BLOCK);
        hand(Arrays.copyOf(shorter, length), blocks);
      } else {
        image.move(shorter, marks, used);
        hand(used.bytes(), used.dirty());
      }
      lengthened = true;
    } catch (OutOfMemoryError e) {
      return false;
    } finally {
      if (!lengthened) {
        release.accept(added);
      }
    }
    leave(shorter, marks);
    return true;
  }

  /** An array of this length, or null. */
  private UsedMemory leftByAnother(int length) {
    return image == null ? null : images.pool.take(length);
  }

  private void leave(byte[] left, int[] marks) {
    if (image != null && left != null && left.length > 0) {
      assert image.isMarked(left, marks) : "a block was written to and not marked";
      images.pool.give(left, marks);
    }
  }

  /** What says all that differs from the image. */
  private int[] marks() {
    if (image != null && !marked) {
      image.mark(bytes, dirty);
    }
    return dirty;
  }

  /** Leaves the array to the next instance: the memory has no byte left. */
  void close() {
    byte[] left = bytes;
    int[] marks = marks();
    hand(NOTHING, NO_BLOCKS);
    leave(left, marks);
  }

  void attach(Context context) {
    int alive = 0;
    WeakReference<?>[] kept = new WeakReference<?>[contexts.length + 1];
    for (WeakReference<?> reference : contexts) {
      if (reference.get() != null) {
        kept[alive++] = reference;
      }
    }
    kept[alive++] = new WeakReference<>(context);
    contexts = Arrays.copyOf(kept, alive);
    marked &= context.marksWrites();
    context.mem = bytes == null ? NOTHING : bytes;
    context.dirty = dirty;
  }

  @Override
  public int pages() {
    return bytes == null ? limits.initialPages() : bytes.length / PAGE_SIZE;
  }

  @Override
  public int grow(int size) {
    int before = pages();
    if (size == 0) {
      return before;
    }
    if (size < 0 || (long) before + size > maximumPages() || bytes() == NOTHING) {
      return -1;
    }
    return lengthen((before + size) * PAGE_SIZE) ? before : -1;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES);
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public Object lock(int address) {
    return this;
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeout) {
    throw new ChicoryException("Attempt to wait on a non-shared memory, not supported.");
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    throw new ChicoryException("Attempt to wait on a non-shared memory, not supported.");
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int notify(int address, int maxThreads) {
    return 0;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
    segments = dataSegments;
    if (dataSegments == null) {
      return;
    }
    if (memoryIndex == 0) {
      begin(images.memoryOf(instance.module()));
    }
    bytes();
    for (DataSegment segment : dataSegments) {
      if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
        byte[] data = active.data();
        int offset = (int) computeConstantValue(instance, active.offsetInstructions())[0];
        if (offset < 0 || (long) offset + data.length > bytes.length) {
          throw new UninstantiableException(message(offset, data.length));
        }
        mark(offset, data.length);
        System.arraycopy(data, 0, bytes, offset, data.length);
      }
    }
  }

  private void begin(MemoryImage own) {
    if (own == null) {
      return;
    }
    if (own.length() > pages() * (long) PAGE_SIZE) {
      // Somebody makes it smaller than the module declares it.
      throw new UninstantiableException(message(0, own.length()));
    }
    if (bytes != null) {
      // Somebody has used it before; it is zeros again.
      own.copyTo(bytes);
      return;
    }
    image = own;
    allocate();
  }

  /** What instances begin with that go on from here. */
  MemoryImage frozen() {
    return MemoryImage.of(bytes(), image);
  }

  @Override
  public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
    initUnsigned(dest, segments[segmentId].data(), offset, size);
  }

  @Override
  public void drop(int segment) {
    segments[segment] = PassiveDataSegment.EMPTY;
  }

  private String message(int address, int size) {
    return "out of bounds memory access: attempted to access address: "
        + address
        + " but limit is: "
        + pages() * (long) PAGE_SIZE
        + " and size: "
        + size;
  }

  private RuntimeException outOfBounds(int address, int size) {
    return new WasmRuntimeException(message(address, size));
  }

  /** Host functions give signed numbers; a negative one is never in bounds. */
  private void check(int address, int size) {
    if (address < 0 || size < 0 || (long) address + size > bytes().length) {
      throw outOfBounds(address, size);
    }
  }

  void checkUnsigned(int address, int size) {
    if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(size) > bytes.length) {
      throw Traps.outOfBounds();
    }
  }

  void fillUnsigned(int address, byte value, int size) {
    checkUnsigned(address, size);
    mark(address, size);
    Arrays.fill(bytes, address, address + size, value);
  }

  void copyUnsigned(int target, int source, int size) {
    checkUnsigned(target, size);
    checkUnsigned(source, size);
    mark(target, size);
    System.arraycopy(bytes, source, bytes, target, size);
  }

  void initUnsigned(int target, byte[] data, int source, int size) {
    if (Integer.toUnsignedLong(source) + Integer.toUnsignedLong(size) > data.length) {
      throw Traps.outOfBounds();
    }
    checkUnsigned(target, size);
    mark(target, size);
    System.arraycopy(data, source, bytes, target, size);
  }

  @Override
  public void write(int addr, byte[] data, int offset, int size) {
    if (offset < 0 || size < 0 || (long) offset + size > data.length) {
      throw outOfBounds(offset, size);
    }
    check(addr, size);
    mark(addr, size);
    System.arraycopy(data, offset, bytes, addr, size);
  }

  @Override
  public byte read(int addr) {
    check(addr, 1);
    return bytes[addr];
  }

  @Override
  public byte[] readBytes(int addr, int len) {
    check(addr, len);
    return Arrays.copyOfRange(bytes, addr, addr + len);
  }

  @Override
  public void writeI32(int addr, int data) {
    check(addr, 4);
    mark(addr, 4);
    Access.I32.set(bytes, addr, data);
  }

  @Override
  public int readInt(int addr) {
    check(addr, 4);
    return (int) Access.I32.get(bytes, addr);
  }

  @Override
  public void writeLong(int addr, long data) {
    check(addr, 8);
    mark(addr, 8);
    Access.I64.set(bytes, addr, data);
  }

  @Override
  public long readLong(int addr) {
    check(addr, 8);
    return (long) Access.I64.get(bytes, addr);
  }

  @Override
  public void writeShort(int addr, short data) {
    check(addr, 2);
    mark(addr, 2);
    Access.I16.set(bytes, addr, data);
  }

  @Override
  public short readShort(int addr) {
    check(addr, 2);
    return (short) Access.I16.get(bytes, addr);
  }

  @Override
  public long readU16(int addr) {
    return readShort(addr) & 0xFFFFL;
  }

  @Override
  public void writeByte(int addr, byte data) {
    check(addr, 1);
    mark(addr, 1);
    bytes[addr] = data;
  }

  @Override
  public void writeF32(int addr, float data) {
    writeI32(addr, Float.floatToRawIntBits(data));
  }

  @Override
  public long readF32(int addr) {
    return readInt(addr);
  }

  @Override
  public float readFloat(int addr) {
    return Float.intBitsToFloat(readInt(addr));
  }

  @Override
  public void writeF64(int addr, double data) {
    writeLong(addr, Double.doubleToRawLongBits(data));
  }

  @Override
  public double readDouble(int addr) {
    return Double.longBitsToDouble(readLong(addr));
  }

  @Override
  public long readF64(int addr) {
    return readLong(addr);
  }

  @Override
  public void zero() {
    if (bytes != null) {
      mark(0, bytes.length);
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void fill(byte value, int fromIndex, int toIndex) {
    check(fromIndex, toIndex - fromIndex);
    mark(fromIndex, toIndex - fromIndex);
    Arrays.fill(bytes, fromIndex, toIndex, value);
  }

  @Override
  public void copy(int dest, int src, int size) {
    check(dest, size);
    check(src, size);
    mark(dest, size);
    System.arraycopy(bytes, src, bytes, dest, size);
  }
}
