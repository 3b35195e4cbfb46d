package org.wasmservlet.compiler.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The handles through which compiled code reads and writes linear memory. They live in a class of
 * ours, which is initialized long before a guest runs: a guest that exhausts its stack cannot break
 * an initializer.
 */
public final class Access {
  /** Two bytes, sign-extended. */
  public static final VarHandle I16 = view(short[].class);

  /** Two bytes, zero-extended. */
  public static final VarHandle U16 = view(char[].class);

  /** Four bytes as an int. */
  public static final VarHandle I32 = view(int[].class);

  /** Eight bytes as a long. */
  public static final VarHandle I64 = view(long[].class);

  /** Four bytes as a float, every bit kept. */
  public static final VarHandle F32 = view(float[].class);

  /** Eight bytes as a double, every bit kept. */
  public static final VarHandle F64 = view(double[].class);

  /** The interruption flag of a context. */
  public static final VarHandle STOP = stop();

  private Access() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  private static VarHandle stop() {
    try {
      return MethodHandles.lookup().findVarHandle(Context.class, "stop", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
