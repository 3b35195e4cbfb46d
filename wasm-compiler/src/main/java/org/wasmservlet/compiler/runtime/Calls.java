package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;

/** Calls that are not a plain invokestatic. */
public final class Calls {
  private static final long[] NONE = {};

  private Calls() {}

  /**
   * Calls a function from outside compiled code: the outermost boundary, where traps get their
   * names.
   *
   * @param c the instance
   * @param function its index
   * @param args raw bits; a vector is two, the low half first
   * @return raw bits
   */
  public static long[] enter(Context c, int function, long[] args) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("Thread interrupted");
    }
    LoadedCode code = c.code;
    if (function < 0 || function >= code.functionCount()) {
      throw new com.dylibso.chicory.wasm.InvalidException("unknown function " + function);
    }
    FunctionType type = code.typeOf(function);
    int params = ValType.sizeOf(type.params());
    if (args.length != params) {
      throw new IllegalArgumentException(
          "function " + function + " takes " + params + " arguments, not " + args.length);
    }
    c.enter();
    try {
      return code.entry(function).apply(c, args);
    } catch (Freezing freezing) {
      freezing.leavesInstance(c);
      throw freezing;
    } catch (Throwable thrown) {
      throw Traps.convert(thrown);
    } finally {
      c.leave();
    }
  }

  /**
   * Calls an imported function.
   *
   * @param c the instance
   * @param args raw bits
   * @param function index of the import
   * @return raw bits; may be null if there are no results
   */
  public static long[] imported(Context c, long[] args, int function) {
    try {
      long[] results = c.imports[function].apply(c.instance, args);
      return results == null ? NONE : results;
    } catch (Freezing freezing) {
      freezing.leavesHost(function, args);
      throw freezing;
    } catch (IndexOutOfBoundsException | ClassCastException | ArithmeticException e) {
      throw new HostFailure(e);
    }
  }

  /**
   * Calls a function of another instance.
   *
   * @param instance the other one
   * @param function its index there
   * @param args raw bits
   * @return raw bits
   */
  public static long[] foreign(Instance instance, int function, long[] args) {
    long[] results = instance.getMachine().call(function, args);
    return results == null ? NONE : results;
  }

  /**
   * Looks up the target of a {@code call_indirect} through the first table.
   *
   * @param c the instance
   * @param index into the table
   * @return the function, whose type is not yet checked
   */
  public static Entry lookup(Context c, int index) {
    Entry[] known = c.entriesOfTable0;
    if (index >= 0 && index < known.length) {
      Entry entry = known[index];
      if (entry != null) {
        return entry;
      }
    }
    return find(c, index);
  }

  private static Entry find(Context c, int index) {
    TableInstance table = c.table0;
    int function = table.requiredRef(index);
    Instance owner = table.instance(index);
    Entry entry = resolve(c, function, owner);
    if (owner == c.instance && table instanceof FlatTable flat) {
      flat.keep(c, index, entry);
    }
    return entry;
  }

  /**
   * Looks up the target of a {@code call_indirect} through any table.
   *
   * @param c the instance
   * @param index into the table
   * @param table index of the table
   * @return the function, whose type is not yet checked
   */
  public static Entry lookup(Context c, int index, int table) {
    TableInstance t = c.tables[table];
    return resolve(c, t.requiredRef(index), t.instance(index));
  }

  private static Entry resolve(Context c, int function, Instance owner) {
    if (owner == null || owner == c.instance) {
      return c.code.entry(function);
    }
    return c.code.foreign(owner, function);
  }

  /**
   * Leaves a tail call for {@link #finish}.
   *
   * @param c the instance
   * @param args raw bits
   * @param function its index
   */
  public static void tail(Context c, long[] args, int function) {
    c.tailArgs = args;
    c.tail = c.code.entry(function);
  }

  /**
   * Leaves an indirect tail call for {@link #finish}.
   *
   * @param c the instance
   * @param args raw bits
   * @param index into the table
   * @param table index of the table
   * @param signature number of the expected type
   */
  public static void tailIndirect(Context c, long[] args, int index, int table, int signature) {
    Entry entry = lookup(c, index, table);
    if (entry.signature != signature) {
      throw Traps.typeMismatch();
    }
    c.tailArgs = args;
    c.tail = entry;
  }

  /**
   * Makes the pending tail calls, one after the other.
   *
   * @param c the instance
   * @return the results of the last one, as raw bits
   */
  public static long[] finish(Context c) {
    while (true) {
      c.checkStop();
      Entry entry = c.tail;
      c.tail = null;
      long[] results = entry.applyTail(c, c.tailArgs);
      if (c.tail == null) {
        return results;
      }
    }
  }
}
