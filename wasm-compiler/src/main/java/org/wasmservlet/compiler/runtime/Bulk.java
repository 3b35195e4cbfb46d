package org.wasmservlet.compiler.runtime;

import static com.dylibso.chicory.runtime.ConstantEvaluators.computeConstantInstance;
import static com.dylibso.chicory.runtime.ConstantEvaluators.computeConstantValue;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.PassiveElement;
import java.util.List;

/** Memory and table instructions other than loads and stores. */
public final class Bulk {
  private static final byte[] NOTHING = {};

  /** What is filled or copied between two looks at the flag: about a tenth of a millisecond. */
  private static final int PIECE = 1 << 20;

  /** The same of elements of tables, which take longer; a power of two. */
  private static final int ELEMENTS = 1 << 12;

  private Bulk() {}

  /**
   * memory.size.
   *
   * @param c the instance
   * @return pages
   */
  public static int memorySize(Context c) {
    return c.mem.length >>> 16;
  }

  /**
   * memory.grow.
   *
   * @param c the instance
   * @param pages to add, unsigned
   * @return the size before, or -1
   */
  public static int memoryGrow(Context c, int pages) {
    return c.memory.grow(pages);
  }

  /**
   * memory.fill.
   *
   * @param c the instance
   * @param address start
   * @param value its low byte
   * @param size in bytes
   */
  public static void memoryFill(Context c, int address, int value, int size) {
    c.memory.checkUnsigned(address, size);
    int done = 0;
    for (; size - done > PIECE; done += PIECE) {
      c.memory.fillUnsigned(address + done, (byte) value, PIECE);
      c.checkStop();
    }
    c.memory.fillUnsigned(address + done, (byte) value, size - done);
  }

  /**
   * memory.copy.
   *
   * @param c the instance
   * @param target start
   * @param source start
   * @param size in bytes
   */
  public static void memoryCopy(Context c, int target, int source, int size) {
    c.memory.checkUnsigned(target, size);
    c.memory.checkUnsigned(source, size);
    int left = size;
    int done = 0;
    for (; left > PIECE; left -= PIECE) {
      // Where the two overlap, nothing is written that is still to be read.
      int at = target <= source ? done : left - PIECE;
      c.memory.copyUnsigned(target + at, source + at, PIECE);
      done += PIECE;
      c.checkStop();
    }
    int at = target <= source ? done : 0;
    c.memory.copyUnsigned(target + at, source + at, left);
  }

  /**
   * memory.init.
   *
   * @param c the instance
   * @param target start
   * @param source start in the segment
   * @param size in bytes
   * @param segment its index
   */
  public static void memoryInit(Context c, int target, int source, int size, int segment) {
    // Segments at the end that are in the image are not there any more.
    byte[] data = segment < segments(c) ? c.instance.dataSegmentData(segment) : NOTHING;
    c.memory.initUnsigned(target, data, source, size);
  }

  /**
   * data.drop.
   *
   * @param c the instance
   * @param segment its index
   */
  public static void dataDrop(Context c, int segment) {
    if (segment < segments(c)) {
      c.instance.dropDataSegment(segment);
    }
  }

  private static int segments(Context c) {
    return c.instance.module().dataSection().dataSegmentCount();
  }

  /**
   * table.get.
   *
   * @param c the instance
   * @param index of the element
   * @param table its index
   * @return the reference
   */
  public static int tableGet(Context c, int index, int table) {
    TableInstance t = c.tables[table];
    if (index < 0 || index >= t.size()) {
      throw Traps.tableOutOfBounds();
    }
    return t.ref(index);
  }

  /**
   * table.set.
   *
   * @param c the instance
   * @param index of the element
   * @param value the reference
   * @param table its index
   */
  public static void tableSet(Context c, int index, int value, int table) {
    TableInstance t = c.tables[table];
    if (index < 0 || index >= t.size()) {
      throw Traps.tableOutOfBounds();
    }
    t.setRef(index, value, c.instance);
  }

  /**
   * table.size.
   *
   * @param c the instance
   * @param table its index
   * @return elements
   */
  public static int tableSize(Context c, int table) {
    return c.tables[table].size();
  }

  /**
   * table.grow.
   *
   * @param c the instance
   * @param value of the new elements
   * @param size to add, unsigned
   * @param table its index
   * @return the size before, or -1
   */
  public static int tableGrow(Context c, int value, int size, int table) {
    TableInstance t = c.tables[table];
    if (size < 0 || (long) t.size() + size > t.limits().max()) {
      return -1;
    }
    try {
      return t.grow(size, value, c.instance);
    } catch (OutOfMemoryError e) {
      return -1;
    }
  }

  /**
   * table.fill.
   *
   * @param c the instance
   * @param index start
   * @param value the reference
   * @param size elements
   * @param table its index
   */
  public static void tableFill(Context c, int index, int value, int size, int table) {
    TableInstance t = c.tables[table];
    check(index, size, t.size());
    for (int i = 0; i < size; i++) {
      t.setRef(index + i, value, c.instance);
      checkStop(c, i);
    }
  }

  /**
   * table.copy.
   *
   * @param c the instance
   * @param target start
   * @param source start
   * @param size elements
   * @param targetTable its index
   * @param sourceTable its index
   */
  public static void tableCopy(
      Context c, int target, int source, int size, int targetTable, int sourceTable) {
    TableInstance to = c.tables[targetTable];
    TableInstance from = c.tables[sourceTable];
    check(target, size, to.size());
    check(source, size, from.size());
    for (int i = 0; i < size; i++) {
      // Where the two overlap, nothing is written that is still to be read.
      int at = target <= source ? i : size - 1 - i;
      to.setRef(target + at, from.ref(source + at), from.instance(source + at));
      checkStop(c, i);
    }
  }

  /**
   * table.init.
   *
   * @param c the instance
   * @param target start
   * @param source start in the segment
   * @param size elements
   * @param table its index
   * @param segment its index
   */
  public static void tableInit(
      Context c, int target, int source, int size, int table, int segment) {
    TableInstance t = c.tables[table];
    Element element = c.instance.element(segment);
    // An active or declared segment counts as dropped once the instance is there.
    int length = element instanceof PassiveElement ? element.elementCount() : 0;
    check(target, size, t.size());
    check(source, size, length);
    for (int i = 0; i < size; i++) {
      List<Instruction> expression = element.initializers().get(source + i);
      Instance owner = computeConstantInstance(c.instance, expression);
      t.setRef(target + i, (int) computeConstantValue(c.instance, expression)[0], owner);
      checkStop(c, i);
    }
  }

  /**
   * elem.drop.
   *
   * @param c the instance
   * @param segment its index
   */
  public static void elemDrop(Context c, int segment) {
    c.instance.setElement(segment, null);
  }

  private static void checkStop(Context c, int element) {
    if ((element & (ELEMENTS - 1)) == ELEMENTS - 1) {
      c.checkStop();
    }
  }

  private static void check(int start, int size, int length) {
    if (Integer.toUnsignedLong(start) + Integer.toUnsignedLong(size) > length) {
      throw Traps.tableOutOfBounds();
    }
  }
}
