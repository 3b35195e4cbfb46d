package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.Memory;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * A guest's linear memory, as host functions may use it: what the guest says of it is checked
 * before it is used, and an address outside is an error number, not an exception of Java.
 */
final class GuestMemory {
  private static final long U32 = 0xffff_ffffL;

  private final Memory memory;

  /**
   * Makes a view.
   *
   * @param memory null for a guest that has none, where every address is outside
   */
  GuestMemory(Memory memory) {
    this.memory = memory;
  }

  boolean isOf(Memory other) {
    return memory == other;
  }

  /** The unsigned number in the lower half of a {@code long}. */
  static long u32(long value) {
    return value & U32;
  }

  /** Checks a range. Returns the address to use. */
  int check(long pointer, long length) throws WasiError {
    long size = size();
    // Written so that no sum can overflow, whatever the two are.
    if (pointer < 0 || length < 0 || length > size || pointer > size - length) {
      throw Errno.FAULT.error();
    }
    return (int) pointer;
  }

  private long size() {
    return memory == null ? 0 : (long) memory.pages() * Memory.PAGE_SIZE;
  }

  int readByte(long pointer) throws WasiError {
    return memory.read(check(pointer, Byte.BYTES)) & 0xff;
  }

  int readShort(long pointer) throws WasiError {
    return memory.readShort(check(pointer, Short.BYTES)) & 0xffff;
  }

  int readInt(long pointer) throws WasiError {
    return memory.readInt(check(pointer, Integer.BYTES));
  }

  long readUnsignedInt(long pointer) throws WasiError {
    return u32(readInt(pointer));
  }

  long readLong(long pointer) throws WasiError {
    return memory.readLong(check(pointer, Long.BYTES));
  }

  void writeByte(long pointer, int value) throws WasiError {
    memory.writeByte(check(pointer, Byte.BYTES), (byte) value);
  }

  void writeShort(long pointer, int value) throws WasiError {
    memory.writeShort(check(pointer, Short.BYTES), (short) value);
  }

  void writeInt(long pointer, int value) throws WasiError {
    memory.writeI32(check(pointer, Integer.BYTES), value);
  }

  void writeLong(long pointer, long value) throws WasiError {
    memory.writeLong(check(pointer, Long.BYTES), value);
  }

  /**
   * Copies bytes out of the guest.
   *
   * @param length has been limited by the caller: it sizes an array
   */
  byte[] read(long pointer, int length) throws WasiError {
    int address = check(pointer, length);
    return length == 0 ? new byte[0] : memory.readBytes(address, length);
  }

  void write(long pointer, byte[] bytes, int offset, int length) throws WasiError {
    int address = check(pointer, length);
    if (length > 0) {
      memory.write(address, bytes, offset, length);
    }
  }

  void zero(long pointer, int length) throws WasiError {
    int address = check(pointer, length);
    if (length > 0) {
      memory.fill((byte) 0, address, address + length);
    }
  }
}
