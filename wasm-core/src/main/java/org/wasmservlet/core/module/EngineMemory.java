package org.wasmservlet.core.module;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import org.wasmservlet.compiler.MemoryLimiter;

/**
 * The engine's own linear memory, asked for by a limiter. The engine's class is final. What takes
 * long is done in pieces, between which the thread's flag is looked at.
 */
final class EngineMemory implements Memory {
  /** What is filled or copied between two looks: about a tenth of a millisecond. */
  private static final int PIECE = 1 << 20;

  private static final int PIECE_PAGES = PIECE / PAGE_SIZE;

  private final Memory memory;
  private final MemoryLimiter limiter;

  EngineMemory(MemoryLimits limits, MemoryLimiter limiter) {
    this.limiter = limiter;
    long bytes = (long) limits.initialPages() * PAGE_SIZE;
    if (!limiter.reserve(bytes)) {
      throw noRoomFor(limits);
    }
    boolean made = false;
    try {
      memory = new ByteArrayMemory(limits);
      made = true;
    } catch (OutOfMemoryError e) {
      throw noRoomFor(limits);
    } finally {
      if (!made) {
        limiter.release(bytes);
      }
    }
  }

  private static UninstantiableException noRoomFor(MemoryLimits limits) {
    return new UninstantiableException(
        "there is no room for a memory of " + limits.initialPages() + " pages");
  }

  @Override
  public int grow(int size) {
    if (size < 0 || (long) pages() + size > maximumPages()) {
      return -1;
    }
    long bytes = (long) size * PAGE_SIZE;
    if (!limiter.reserve(bytes)) {
      return -1;
    }
    int before = pages();
    boolean grown = false;
    try {
      // The engine's memory has an array for each page, so that pieces are no more work.
      for (int left = size; left > 0; left -= PIECE_PAGES) {
        memory.grow(Math.min(left, PIECE_PAGES));
        Interruption.check();
      }
      grown = true;
      return before;
    } catch (OutOfMemoryError e) {
      // As if there were no room, but for the pages that there was room for.
      long more = (long) (pages() - before) * PAGE_SIZE;
      grown = true;
      limiter.release(bytes - more);
      return -1;
    } finally {
      if (!grown) {
        limiter.release(bytes);
      }
    }
  }

  @Override
  public int pages() {
    return memory.pages();
  }

  @Override
  public int initialPages() {
    return memory.initialPages();
  }

  @Override
  public int maximumPages() {
    return memory.maximumPages();
  }

  @Override
  public boolean shared() {
    return memory.shared();
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
    return memory.waitOn(address, expected, timeout);
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    return memory.waitOn(address, expected, timeout);
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int notify(int address, int maxThreads) {
    return memory.notify(address, maxThreads);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments) {
    memory.initialize(instance, segments);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments, int memoryIndex) {
    memory.initialize(instance, segments, memoryIndex);
  }

  @Override
  public void initPassiveSegment(int segment, int target, int offset, int size) {
    memory.initPassiveSegment(segment, target, offset, size);
  }

  @Override
  public void drop(int segment) {
    memory.drop(segment);
  }

  @Override
  public void zero() {
    memory.zero();
  }

  @Override
  public void fill(byte value, int from, int to) {
    int at = from;
    if (isWithin(from, (long) to - from)) {
      for (; to - at > PIECE; at += PIECE) {
        memory.fill(value, at, at + PIECE);
        Interruption.check();
      }
    }
    // All of it if it is out of bounds: the engine says so.
    memory.fill(value, at, to);
  }

  @Override
  public void copy(int target, int source, int size) {
    if (!isWithin(target, size) || !isWithin(source, size)) {
      memory.copy(target, source, size);
      return;
    }
    int left = size;
    int done = 0;
    for (; left > PIECE; left -= PIECE) {
      // Where the two overlap, nothing is written that is still to be read.
      int at = target <= source ? done : left - PIECE;
      memory.copy(target + at, source + at, PIECE);
      done += PIECE;
      Interruption.check();
    }
    int at = target <= source ? done : 0;
    memory.copy(target + at, source + at, left);
  }

  private boolean isWithin(int address, long size) {
    return address >= 0 && size >= 0 && address + size <= (long) pages() * PAGE_SIZE;
  }

  @Override
  public void write(int address, byte[] data, int offset, int size) {
    int done = 0;
    if (isWithin(address, size) && offset >= 0 && size <= data.length - offset) {
      for (; size - done > PIECE; done += PIECE) {
        memory.write(address + done, data, offset + done, PIECE);
        Interruption.check();
      }
    }
    memory.write(address + done, data, offset + done, size - done);
  }

  @Override
  public byte read(int address) {
    return memory.read(address);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    return memory.readBytes(address, length);
  }

  @Override
  public void writeI32(int address, int value) {
    memory.writeI32(address, value);
  }

  @Override
  public int readInt(int address) {
    return memory.readInt(address);
  }

  @Override
  public void writeLong(int address, long value) {
    memory.writeLong(address, value);
  }

  @Override
  public long readLong(int address) {
    return memory.readLong(address);
  }

  @Override
  public void writeShort(int address, short value) {
    memory.writeShort(address, value);
  }

  @Override
  public short readShort(int address) {
    return memory.readShort(address);
  }

  @Override
  public long readU16(int address) {
    return memory.readU16(address);
  }

  @Override
  public void writeByte(int address, byte value) {
    memory.writeByte(address, value);
  }

  @Override
  public void writeF32(int address, float value) {
    memory.writeF32(address, value);
  }

  @Override
  public long readF32(int address) {
    return memory.readF32(address);
  }

  @Override
  public float readFloat(int address) {
    return memory.readFloat(address);
  }

  @Override
  public void writeF64(int address, double value) {
    memory.writeF64(address, value);
  }

  @Override
  public double readDouble(int address) {
    return memory.readDouble(address);
  }

  @Override
  public long readF64(int address) {
    return memory.readF64(address);
  }
}
