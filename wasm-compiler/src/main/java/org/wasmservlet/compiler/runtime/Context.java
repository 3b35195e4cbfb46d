package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.TagImport;

/**
 * The state of one instance as compiled code sees it. A generated subclass has the module's own
 * globals as fields. Belongs to the thread that runs the instance, except for {@link #stop}.
 */
public abstract class Context {
  private static final Entry[] NO_ENTRIES = {};

  // The bits of the flag.
  private static final int FOR_GOOD = 1;
  private static final int FOR_WORK = 2;

  /** The linear memory, exactly as long as it is now; kept up to date by {@link FlatMemory}. */
  public byte[] mem;

  /**
   * By block of {@link MemoryImage#BLOCK} bytes of the memory: not 0 if it, or the one after it,
   * may have been written to. Code that {@linkplain #marksWrites marks} does so with the block of a
   * store's base, or with its own where the offset is large. Not an array of bytes: so HotSpot
   * knows that a mark changes nothing in the memory.
   */
  public int[] dirty;

  /** Not 0 once the instance is to stop, for good or for {@link #work}. */
  public int stop;

  /** The function to call next instead of returning, or null. */
  public Entry tail;

  /** The arguments of {@link #tail}. */
  public long[] tailArgs;

  /** What a split function gives back, if it is an i32 or a reference; read at once. */
  public int resultI;

  /** The same of an i64. */
  public long resultJ;

  /** The same of an f32. */
  public float resultF;

  /** The same of an f64. */
  public double resultD;

  /** The same of several, raw bits. */
  public long[] resultA;

  /**
   * What a chunk of a split function leaves for the next one, which reads it first of all: i32s and
   * references.
   */
  public int passedI0, passedI1, passedI2, passedI3, passedI4, passedI5, passedI6, passedI7;

  /** The same, i64s. */
  public long passedJ0, passedJ1, passedJ2, passedJ3, passedJ4, passedJ5, passedJ6, passedJ7;

  /** The same, f32s. */
  public float passedF0, passedF1, passedF2, passedF3, passedF4, passedF5, passedF6, passedF7;

  /** The same, f64s. */
  public double passedD0, passedD1, passedD2, passedD3, passedD4, passedD5, passedD6, passedD7;

  /**
   * So many exceptions that are thrown from now on have a trace, for those that nobody catches.
   * Programs that throw many catch them.
   */
  int traceExceptions = 100;

  /** The exception that has been caught last; read at once. */
  public WasmException thrown;

  /** The instance. */
  public final Instance instance;

  final FlatMemory memory;
  final LoadedCode code;
  final WasmFunctionHandle[] imports;
  GlobalInstance[] globals;
  TableInstance[] tables;
  TableInstance table0;

  /** By element of table 0: the function, if it is this instance's and has been looked up. */
  Entry[] entriesOfTable0 = NO_ENTRIES;

  /** What to do in a pause; written before the flag. */
  private Runnable work;

  private int depth;

  /**
   * Made by generated code.
   *
   * @param instance the instance, under construction
   * @param code its code
   */
  protected Context(Instance instance, LoadedCode code) {
    this.instance = instance;
    this.code = code;
    this.imports = new WasmFunctionHandle[instance.imports().functionCount()];
    for (int i = 0; i < imports.length; i++) {
      imports[i] = instance.imports().function(i).handle();
    }
    checkTags(instance);
    Memory memory = instance.memory();
    if (memory == null) {
      this.memory = null;
    } else if (memory instanceof FlatMemory flat) {
      this.memory = flat;
      flat.attach(this);
    } else {
      throw new UnlinkableException(
          "the memory of a compiled instance must come from the compiler's memory factory, not "
              + memory.getClass().getName());
    }
  }

  /** Chicory takes any tag for any other. */
  private static void checkTags(Instance instance) {
    var imports = instance.module().importSection();
    int tag = 0;
    for (int i = 0; i < imports.importCount(); i++) {
      if (imports.getImport(i) instanceof TagImport declared) {
        FunctionType type = instance.module().typeSection().getType(declared.tagType().typeIdx());
        FunctionType given = instance.imports().tag(tag++).tag().type();
        if (!type.equals(given)) {
          throw new UnlinkableException(
              "incompatible import type for tag " + declared.module() + "." + declared.name());
        }
      }
    }
  }

  /** Whether the code marks the blocks that it writes to. */
  protected abstract boolean marksWrites();

  /** Copies the globals from Chicory's objects to the fields. */
  protected abstract void loadGlobals();

  /** Copies the globals from the fields to Chicory's objects. */
  protected abstract void storeGlobals();

  /**
   * A global's value, or the low half of a vector.
   *
   * @param index of the global
   * @return its raw bits
   */
  public final long global(int index) {
    return globals[index].getValueLow();
  }

  /**
   * Sets a global.
   *
   * @param value its raw bits
   * @param index of the global
   */
  public final void global(long value, int index) {
    globals[index].setValueLow(value);
  }

  /**
   * The high half of a global that is a vector.
   *
   * @param index of the global
   * @return its raw bits
   */
  public final long globalHigh(int index) {
    return globals[index].getValueHigh();
  }

  /**
   * Sets the high half of a global that is a vector.
   *
   * @param value its raw bits
   * @param index of the global
   */
  public final void globalHigh(long value, int index) {
    globals[index].setValueHigh(value);
  }

  void enter() {
    if (depth == 0) {
      bind();
      loadGlobals();
    }
    // Last: there may be no stack left for the others.
    depth++;
  }

  void leave() {
    if (--depth == 0) {
      tail = null;
      tailArgs = null;
      resultA = null;
      storeGlobals();
    }
  }

  /** Chicory makes tables and globals after the machine, and makes the globals anew at will. */
  private void bind() {
    int globalCount = instance.globalCount();
    if (globals == null) {
      globals = new GlobalInstance[globalCount];
    }
    for (int i = 0; i < globalCount; i++) {
      globals[i] = instance.global(i);
    }
    if (tables == null) {
      tables = new TableInstance[instance.tableCount()];
      for (int i = 0; i < tables.length; i++) {
        tables[i] = instance.table(i);
      }
      if (tables.length > 0) {
        table0 = tables[0];
      }
    }
  }

  /** Ends the instance: its memory goes to the next one. An imported memory stays whose it is. */
  public final void close() {
    if (memory != null && instance.imports().memoryCount() == 0) {
      memory.close();
    }
  }

  /** For loops of ours: HotSpot may not take a look at the flag out of them. */
  final void checkStop() {
    if ((int) Access.STOP.getOpaque(this) != 0) {
      halt();
    }
  }

  /** Stops the instance for good; for any thread. */
  public final void stop() {
    Access.STOP.getAndBitwiseOr(this, FOR_GOOD);
  }

  /**
   * Has the instance's thread do something in between; for any one thread.
   *
   * @param asked what
   */
  public final void pause(Runnable asked) {
    work = asked;
    Access.STOP.getAndBitwiseOr(this, FOR_WORK);
  }

  /** What compiled code does when it finds {@link #stop} set: ends, or goes on after the work. */
  public final void halt() {
    // Only this: an order to stop for good that comes meanwhile is found by the next check.
    int asked = (int) Access.STOP.getAndBitwiseAnd(this, ~FOR_WORK);
    if ((asked & FOR_GOOD) != 0) {
      throw new ChicoryInterruptedException("instance interrupted");
    }
    if ((asked & FOR_WORK) != 0) {
      work.run();
    }
  }
}
