package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmException;

/** Exceptions of modules (core specification, 4.2.10): what throws them, and what catches asks. */
public final class Exceptions {
  private Exceptions() {}

  /**
   * Throws a new exception.
   *
   * @param c the instance
   * @param arguments raw bits
   * @param tag its index
   */
  public static void raise(Context c, long[] arguments, int tag) {
    GuestException exception = new GuestException(c.instance, tag, arguments);
    if (c.traceExceptions > 0) {
      c.traceExceptions--;
      exception.trace();
    }
    throw exception;
  }

  /**
   * Throws one that has been caught before.
   *
   * @param c the instance
   * @param exception may be null, which traps
   */
  public static void raise(Context c, WasmException exception) {
    if (exception == null) {
      throw new TrapException("null exception reference");
    }
    throw exception;
  }

  /**
   * Throws on what has been caught last.
   *
   * @param c the instance
   */
  public static void raiseAgain(Context c) {
    WasmException thrown = c.thrown;
    c.thrown = null;
    throw thrown;
  }

  /**
   * Compares what has been caught last with a tag.
   *
   * @param c the instance
   * @param tag its index
   * @return 1 if it is of that tag: the same one, whichever instance calls it what
   */
  public static int catches(Context c, int tag) {
    WasmException thrown = c.thrown;
    return thrown.instance().tag(thrown.tagIdx()) == c.instance.tag(tag) ? 1 : 0;
  }

  /**
   * What has been caught last.
   *
   * @param c the instance
   * @return the exception
   */
  public static WasmException caught(Context c) {
    return c.thrown;
  }

  /**
   * What the exception has with it that has been caught last.
   *
   * @param c the instance
   * @return raw bits
   */
  public static long[] arguments(Context c) {
    return c.thrown.args();
  }

  /**
   * Whether a reference is null.
   *
   * @param c the instance
   * @param exception may be null
   * @return 1 if it is
   */
  public static int isNull(Context c, WasmException exception) {
    return exception == null ? 1 : 0;
  }
}
