package org.wasmservlet.core.module;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import org.wasmservlet.compiler.MemoryLimiter;

/** The engine's own linear memory, asked for by a limiter. The engine's class is final. */
final class EngineMemory implements Memory {
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
    int before = -1;
    try {
      before = memory.grow(size);
    } catch (OutOfMemoryError e) {
      // As if there were no room.
    } finally {
      if (before < 0) {
        limiter.release(bytes);
      }
    }
    return before;
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
    memory.fill(value, from, to);
  }

  @Override
  public void copy(int target, int source, int size) {
    memory.copy(target, source, size);
  }

  @Override
  public void write(int address, byte[] data, int offset, int size) {
    memory.write(address, data, offset, size);
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
