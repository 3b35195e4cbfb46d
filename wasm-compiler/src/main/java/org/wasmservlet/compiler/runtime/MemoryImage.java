package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * What a module's active data segments leave in a fresh memory, as few runs of bytes. Made once per
 * module: large programs have tens of thousands of segments.
 */
final class MemoryImage {
  /** Shorter gaps of zeros are copied along. */
  private static final int GAP = 256;

  // Weak, for the caller may hand in a module that still has all its instructions.
  private final WeakReference<WasmModule> module;
  private final int[] targets;
  private final int[] lengths;
  private final byte[] bytes;
  private final int end;

  private MemoryImage(WasmModule module, int[] targets, int[] lengths, byte[] bytes, int end) {
    this.module = new WeakReference<>(module);
    this.targets = targets;
    this.lengths = lengths;
    this.bytes = bytes;
    this.end = end;
  }

  /**
   * Makes the image of a module.
   *
   * @param size bytes of memory at the start; an image never passes it
   * @return null if it depends on imported globals, or if a segment is out of bounds
   */
  static MemoryImage of(WasmModule module, DataSegment[] segments, int size) {
    long end = 0;
    for (DataSegment segment : segments) {
      if (segment instanceof ActiveDataSegment active) {
        long offset = constantOffset(active);
        if (offset < 0 || active.index() != 0) {
          return null;
        }
        end = Math.max(end, offset + active.data().length);
      }
    }
    if (end > size) {
      return null;
    }
    byte[] memory = new byte[(int) end];
    for (DataSegment segment : segments) {
      if (segment instanceof ActiveDataSegment active) {
        byte[] data = active.data();
        System.arraycopy(data, 0, memory, (int) constantOffset(active), data.length);
      }
    }
    return pack(module, memory);
  }

  private static MemoryImage pack(WasmModule module, byte[] memory) {
    List<int[]> runs = new ArrayList<>();
    int total = 0;
    int at = 0;
    while (at < memory.length) {
      if (memory[at] == 0) {
        at++;
        continue;
      }
      int start = at;
      int last = at;
      while (at < memory.length && at - last <= GAP) {
        if (memory[at] != 0) {
          last = at;
        }
        at++;
      }
      runs.add(new int[] {start, last + 1 - start});
      total += last + 1 - start;
    }
    byte[] bytes = new byte[total];
    int[] targets = new int[runs.size()];
    int[] lengths = new int[runs.size()];
    int filled = 0;
    for (int i = 0; i < targets.length; i++) {
      targets[i] = runs.get(i)[0];
      lengths[i] = runs.get(i)[1];
      System.arraycopy(memory, targets[i], bytes, filled, lengths[i]);
      filled += lengths[i];
    }
    return new MemoryImage(module, targets, lengths, bytes, memory.length);
  }

  private static long constantOffset(ActiveDataSegment segment) {
    List<Instruction> offset = segment.offsetInstructions();
    boolean constant =
        !offset.isEmpty()
            && offset.get(0).opcode() == OpCode.I32_CONST
            && (offset.size() == 1 || offset.size() == 2 && offset.get(1).opcode() == OpCode.END);
    return constant ? offset.get(0).operand(0) & 0xFFFFFFFFL : -1;
  }

  boolean isOf(WasmModule other, int size) {
    return module.get() == other && end <= size;
  }

  void copyTo(byte[] memory) {
    int at = 0;
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(bytes, at, memory, targets[i], lengths[i]);
      at += lengths[i];
    }
  }
}
