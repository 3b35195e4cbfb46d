package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

class GuestMemoryTest {
  private static final int SIZE = 2 * 65536;

  private final ByteArrayMemory linear = new ByteArrayMemory(new MemoryLimits(2, 4));
  private final GuestMemory memory = new GuestMemory(linear);

  @Property
  void checksEveryRangeAsTheNumbersSay(@ForAll long pointer, @ForAll long length) {
    checks(pointer, length);
  }

  @Property
  void checksRangesNearTheEnd(
      @ForAll @LongRange(min = SIZE - 20, max = SIZE + 20) long pointer,
      @ForAll @LongRange(min = -2, max = 20) long length) {
    checks(pointer, length);
  }

  private void checks(long pointer, long length) {
    boolean inside =
        pointer >= 0
            && length >= 0
            && length <= SIZE
            && pointer <= SIZE
            && pointer + length <= SIZE;
    if (inside) {
      assertThat(catchError(() -> memory.check(pointer, length))).isNull();
    } else {
      faults(() -> memory.check(pointer, length));
    }
  }

  @Property
  void readsWhatItWrites(@ForAll @IntRange(max = SIZE - 8) int address, @ForAll long value)
      throws WasiError {
    memory.writeLong(address, value);
    assertThat(memory.readLong(address)).isEqualTo(value);
    assertThat(memory.readInt(address)).isEqualTo((int) value);
    assertThat(memory.readUnsignedInt(address)).isEqualTo(value & 0xffffffffL);
    assertThat(memory.readShort(address)).isEqualTo((int) (value & 0xffff));
    assertThat(memory.readByte(address)).isEqualTo((int) (value & 0xff));
    assertThat(memory.read(address, 8)).startsWith((byte) value, (byte) (value >> 8));
  }

  @Property
  void neverThrowsAnythingElse(@ForAll long pointer, @ForAll byte[] bytes) {
    for (ThrowingCallable access :
        new ThrowingCallable[] {
          () -> memory.readByte(pointer),
          () -> memory.readShort(pointer),
          () -> memory.readInt(pointer),
          () -> memory.readLong(pointer),
          () -> memory.writeByte(pointer, 1),
          () -> memory.writeShort(pointer, 1),
          () -> memory.writeInt(pointer, 1),
          () -> memory.writeLong(pointer, 1),
          () -> memory.read(pointer, bytes.length),
          () -> memory.write(pointer, bytes, 0, bytes.length),
          () -> memory.zero(pointer, bytes.length)
        }) {
      Throwable error = catchError(access);
      assertThat(error == null || error instanceof WasiError).as(String.valueOf(error)).isTrue();
    }
  }

  @Test
  void knowsMemoryThatHasGrown() throws WasiError {
    faults(() -> memory.writeInt(SIZE, 1));
    linear.grow(1);
    memory.writeInt(SIZE, 1);
    assertThat(memory.readInt(SIZE)).isEqualTo(1);
  }

  @Test
  void hasNothingInsideWithoutAMemory() throws WasiError {
    GuestMemory none = new GuestMemory(null);
    faults(() -> none.readByte(0));
    assertThat(none.check(0, 0)).isZero();
    assertThat(none.read(0, 0)).isEmpty();
  }

  @Test
  void takesBuffersThatLieInsideOnly() throws WasiError {
    Buffers buffers = new Buffers(4);
    vector(0, 100, 10);
    vector(1, 0, 0);
    vector(2, SIZE - 5, 5);
    buffers.read(memory, 1000, 3);
    assertThat(buffers.count()).isEqualTo(2);
    assertThat(buffers.total()).isEqualTo(15);
    vector(2, SIZE - 5, 6);
    faults(() -> buffers.read(memory, 1000, 3));
    vector(2, -1, 2);
    faults(() -> buffers.read(memory, 1000, 3));
    vector(2, 5, -1);
    faults(() -> buffers.read(memory, 1000, 3));
    faults(() -> buffers.read(memory, SIZE - 8, 2));
    faults(() -> buffers.read(memory, 0xffff_fff8L, 1));
    fails(Errno.INVAL, () -> buffers.read(memory, 1000, 5));
    fails(Errno.INVAL, () -> buffers.read(memory, 1000, 0xffff_ffffL));
  }

  private void vector(int index, int pointer, int length) throws WasiError {
    memory.writeInt(1000 + 8L * index, pointer);
    memory.writeInt(1004 + 8L * index, length);
  }

  private static void faults(ThrowingCallable access) {
    fails(Errno.FAULT, access);
  }

  private static void fails(Errno errno, ThrowingCallable access) {
    assertThatThrownBy(access).isSameAs(errno.error());
  }

  private static Throwable catchError(ThrowingCallable access) {
    try {
      access.call();
      return null;
    } catch (Throwable t) {
      return t;
    }
  }
}
