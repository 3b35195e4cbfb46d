package org.wasmservlet.core.module;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.wasmservlet.compiler.CompiledCode;

/** Reads the WebAssembly functions out of a Java stack trace. */
public final class Backtrace {
  private static final int FRAMES_AT_MOST = 64;

  /** Chicory compiles the function of index N to a method of this name and N. */
  private static final String FUNCTION_METHOD = "func_";

  private static final String GENERATED_CLASS =
      com.dylibso.chicory.compiler.internal.Compiler.DEFAULT_CLASS_NAME;

  private Backtrace() {}

  /**
   * Reads a stack trace.
   *
   * @param thrown where it comes from
   * @param names of the module's functions
   * @return the functions on the stack, innermost first, at most 64
   */
  public static List<String> of(Throwable thrown, FunctionNames names) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement element : thrown.getStackTrace()) {
      int function = functionIndex(element);
      if (function >= 0) {
        if (frames.size() == FRAMES_AT_MOST) {
          frames.add("...");
          break;
        }
        frames.add(names.describe(function));
      }
    }
    return frames;
  }

  private static int functionIndex(StackTraceElement element) {
    OptionalInt compiled = CompiledCode.functionIndex(element);
    if (compiled.isPresent()) {
      return compiled.getAsInt();
    }
    String method = element.getMethodName();
    if (!element.getClassName().startsWith(GENERATED_CLASS)
        || !method.startsWith(FUNCTION_METHOD)) {
      return -1;
    }
    try {
      return Integer.parseInt(method.substring(FUNCTION_METHOD.length()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
