package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stack that was frozen in a call of a host function, and how to go on. Immutable, safe for use
 * by several threads.
 */
public final class FrozenStack {
  private static final long[] NONE = {};

  private final int imported;
  private final long[] arguments;
  private final List<Frame> frames;

  /**
   * A function that was on the stack.
   *
   * @param activation its values in the order in which the resumer wants them
   * @param id where the resumer is to go on
   */
  public record Frame(Activation activation, Resumer resumer, int id) {}

  /**
   * Makes it.
   *
   * @param imported the index of the host function
   * @param arguments what it was called with, raw bits
   * @param frames innermost first, at least one
   */
  public FrozenStack(int imported, long[] arguments, List<Frame> frames) {
    this.imported = imported;
    this.arguments = arguments.clone();
    this.frames = List.copyOf(frames);
  }

  /**
   * The functions on it.
   *
   * @return innermost first
   */
  public List<Frame> frames() {
    return frames;
  }

  /**
   * The host function in which it was frozen.
   *
   * @return the index of the import
   */
  public int imported() {
    return imported;
  }

  /**
   * What that was called with.
   *
   * @return raw bits, of the caller's own
   */
  public long[] arguments() {
    return arguments.clone();
  }

  /**
   * The calls in which its functions wait.
   *
   * @return by function, the numbers of the calls
   */
  public Map<Integer, BitSet> sites() {
    Map<Integer, BitSet> sites = new TreeMap<>();
    for (Frame frame : frames) {
      Activation activation = frame.activation;
      sites.computeIfAbsent(activation.function(), function -> new BitSet()).set(activation.site());
    }
    return sites;
  }

  /**
   * Calls the host function again, and goes on with what it gives in every function on the stack,
   * the innermost first. The stack is never built up again.
   *
   * @param c an instance that is what the frozen one was
   * @return the results of the outermost function, raw bits
   */
  public long[] resume(Context c) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("Thread interrupted");
    }
    c.enter();
    int done = 0;
    try {
      long[] results = Calls.imported(c, arguments.clone(), imported);
      FunctionType type = c.code.typeOf(imported);
      give(c, type, results);
      for (Frame frame : frames) {
        done++;
        frame.resumer.resume(c, frame.activation.values(), frame.id);
      }
      return taken(c, c.code.typeOf(frames.get(frames.size() - 1).activation.function()));
    } catch (Freezing freezing) {
      freezing.leavesResumed(c, activations(done), done > 0);
      throw freezing;
    } catch (Throwable thrown) {
      FrozenTrace.append(thrown, frames.subList(done, frames.size()));
      throw Traps.convert(thrown);
    } finally {
      c.leave();
    }
  }

  private List<Activation> activations(int first) {
    return frames.subList(first, frames.size()).stream().map(Frame::activation).toList();
  }

  /** Puts a call's results where what goes on after it finds them. */
  private static void give(Context c, FunctionType type, long[] results) {
    List<ValType> types = type.returns();
    if (ValType.sizeOf(types) > 1) {
      c.resultA = results;
    } else if (types.size() == 1) {
      long bits = results[0];
      switch (types.get(0).opcode()) {
        case ValType.ID.I64 -> c.resultJ = bits;
        case ValType.ID.F32 -> c.resultF = Float.intBitsToFloat((int) bits);
        case ValType.ID.F64 -> c.resultD = Double.longBitsToDouble(bits);
        default -> c.resultI = (int) bits;
      }
    }
  }

  private static long[] taken(Context c, FunctionType type) {
    List<ValType> types = type.returns();
    if (ValType.sizeOf(types) > 1) {
      return c.resultA;
    }
    if (types.isEmpty()) {
      return NONE;
    }
    long bits =
        switch (types.get(0).opcode()) {
          case ValType.ID.I64 -> c.resultJ;
          case ValType.ID.F32 -> Float.floatToRawIntBits(c.resultF);
          case ValType.ID.F64 -> Double.doubleToRawLongBits(c.resultD);
          default -> c.resultI;
        };
    return new long[] {bits};
  }
}
