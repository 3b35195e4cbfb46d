package org.wasmservlet.compiler.ir;

import java.util.BitSet;

/**
 * What a function is compiled for. At a call where it is cut nothing is left on the operand stack:
 * what outlives the call is in variables, which have the same {@linkplain FunctionIr#keys keys} in
 * every form.
 *
 * @param purpose what for
 * @param sites the calls at which it goes on, by their number among the function's reached calls;
 *     none if it is called from its beginning
 */
public record Form(Purpose purpose, BitSet sites) {
  /** What a function is compiled for. */
  public enum Purpose {
    /** To be called, as every function is. */
    ORDINARY,

    /** To be called, and to leave its variables where the stack is frozen in a call of it. */
    CAPTURING,

    /** To go on after a call in which it was frozen. */
    RESUMING,

    /** The same, and to leave its variables where the stack is frozen once more. */
    RESUMING_CAPTURING
  }

  public static final Form ORDINARY = new Form(Purpose.ORDINARY, new BitSet());

  public static final Form CAPTURING = new Form(Purpose.CAPTURING, new BitSet());

  public static Form resuming(BitSet sites) {
    return new Form(Purpose.RESUMING, sites);
  }

  public static Form resumingCapturing(BitSet sites) {
    return new Form(Purpose.RESUMING_CAPTURING, sites);
  }

  /** Whether a call is the last statement of its block. */
  public boolean cuts(int site) {
    return isCapturing() || goesOnAfter(site);
  }

  /** Whether it can be entered after a call. */
  public boolean goesOnAfter(int site) {
    return site >= 0 && sites.get(site);
  }

  public boolean isOrdinary() {
    return purpose == Purpose.ORDINARY;
  }

  public boolean isCapturing() {
    return purpose == Purpose.CAPTURING || purpose == Purpose.RESUMING_CAPTURING;
  }

  public boolean isResuming() {
    return purpose == Purpose.RESUMING || purpose == Purpose.RESUMING_CAPTURING;
  }
}
