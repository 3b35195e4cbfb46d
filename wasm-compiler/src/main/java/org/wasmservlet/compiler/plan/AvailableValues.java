package org.wasmservlet.compiler.plan;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import org.wasmservlet.compiler.ir.Numerics;

/**
 * What is known, at one place of a function, of the values in memory: which number stands for what
 * is at an address. Two equal numbers are the same value; different ones may be, too. An address is
 * the number of its base and an offset.
 */
final class AvailableValues {
  /** The base of constant addresses. */
  static final long CONSTANT_BASE = 0;

  /** Bounds the work; what is oldest is forgotten. */
  private static final int MOST = 48;

  /** By variable that has been seen lately: the number of its value. */
  private int[] variables = new int[8];

  private long[] values = new long[8];
  private int variableCount;
  private int oldestVariable;

  private Cell[] cells = new Cell[8];
  private int cellCount;
  private int oldestCell;

  /**
   * A value in memory.
   *
   * @param base the number of the base, or {@link #CONSTANT_BASE}
   * @param offset from it
   * @param op the access that told
   * @param access its number
   * @param value the value's
   */
  record Cell(long base, long offset, OpCode op, int access, long value) {
    private boolean mayOverlap(long otherBase, long otherOffset, int width) {
      return base != otherBase
          || offset < otherOffset + width && otherOffset < offset + Numerics.width(op);
    }
  }

  AvailableValues copy() {
    AvailableValues copy = new AvailableValues();
    copy.variables = variables.clone();
    copy.values = values.clone();
    copy.variableCount = variableCount;
    copy.oldestVariable = oldestVariable;
    copy.cells = cells.clone();
    copy.cellCount = cellCount;
    copy.oldestCell = oldestCell;
    return copy;
  }

  /** Keeps what the other one knows too. */
  void meet(AvailableValues other) {
    int kept = 0;
    for (int i = 0; i < variableCount; i++) {
      if (other.valueOf(variables[i]) == values[i]) {
        variables[kept] = variables[i];
        values[kept++] = values[i];
      }
    }
    variableCount = kept;
    oldestVariable = 0;
    kept = 0;
    for (int i = 0; i < cellCount; i++) {
      if (other.has(cells[i])) {
        cells[kept++] = cells[i];
      }
    }
    cellCount = kept;
    oldestCell = 0;
  }

  private boolean has(Cell cell) {
    for (int i = 0; i < cellCount; i++) {
      if (cells[i] == cell) {
        return true;
      }
    }
    return false;
  }

  /** The number of a variable's value, or -1. */
  long valueOf(int variable) {
    int place = placeOf(variable);
    return place < 0 ? -1 : values[place];
  }

  private int placeOf(int variable) {
    for (int i = 0; i < variableCount; i++) {
      if (variables[i] == variable) {
        return i;
      }
    }
    return -1;
  }

  /** The variable has the value now. */
  void set(int variable, long value) {
    int known = placeOf(variable);
    if (known >= 0) {
      values[known] = value;
      return;
    }
    int place = variableCount;
    if (place == MOST) {
      place = oldestVariable;
      oldestVariable = (oldestVariable + 1) % MOST;
    } else if (place == variables.length) {
      variables = Arrays.copyOf(variables, Math.min(MOST, 2 * place));
      values = Arrays.copyOf(values, variables.length);
    }
    variables[place] = variable;
    values[place] = value;
    variableCount = Math.max(variableCount, place + 1);
  }

  /** A variable that has the value, or -1. */
  int variableWith(long value) {
    for (int i = 0; i < variableCount; i++) {
      if (values[i] == value) {
        return variables[i];
      }
    }
    return -1;
  }

  /** What is known to be at an address, as a load would read it, or null. */
  Cell find(long base, long offset, OpCode load) {
    for (int i = 0; i < cellCount; i++) {
      Cell cell = cells[i];
      if (cell.base == base && cell.offset == offset && Numerics.reads(load, cell.op)) {
        return cell;
      }
    }
    return null;
  }

  void add(Cell cell) {
    int place = cellCount;
    if (place == MOST) {
      place = oldestCell;
      oldestCell = (oldestCell + 1) % MOST;
    } else if (place == cells.length) {
      cells = Arrays.copyOf(cells, Math.min(MOST, 2 * place));
    }
    cells[place] = cell;
    cellCount = Math.max(cellCount, place + 1);
  }

  /** Something is written to an address: what may be there is forgotten. */
  void forget(long base, long offset, int width) {
    int kept = 0;
    for (int i = 0; i < cellCount; i++) {
      if (!cells[i].mayOverlap(base, offset, width)) {
        cells[kept++] = cells[i];
      }
    }
    cellCount = kept;
    oldestCell = 0;
  }

  /** Anything may have been written. */
  void forgetMemory() {
    cellCount = 0;
    oldestCell = 0;
  }
}
