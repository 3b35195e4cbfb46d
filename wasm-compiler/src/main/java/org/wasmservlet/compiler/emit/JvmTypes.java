package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import org.wasmservlet.compiler.ir.Helper;

/** What the JVM makes of the types of {@link org.wasmservlet.compiler.ir.Node#type}. */
final class JvmTypes {
  private JvmTypes() {}

  static boolean isWide(char type) {
    return type == 'J' || type == 'D';
  }

  static String descriptor(char type) {
    return type == 'A' ? "[J" : type == 'E' ? "L" + Helper.EXCEPTION + ";" : String.valueOf(type);
  }

  static int loadOp(char type) {
    switch (type) {
      case 'I':
        return ILOAD;
      case 'J':
        return LLOAD;
      case 'F':
        return FLOAD;
      case 'D':
        return DLOAD;
      default:
        return ALOAD;
    }
  }

  static int storeOp(char type) {
    return loadOp(type) + (ISTORE - ILOAD);
  }

  static int returnOp(char type) {
    switch (type) {
      case 'V':
        return RETURN;
      case 'I':
        return IRETURN;
      case 'J':
        return LRETURN;
      case 'F':
        return FRETURN;
      case 'D':
        return DRETURN;
      default:
        return ARETURN;
    }
  }

  static Object verificationType(char type) {
    switch (type) {
      case 'I':
        return INTEGER;
      case 'J':
        return LONG;
      case 'F':
        return FLOAT;
      case 'D':
        return DOUBLE;
      case 'E':
        return Helper.EXCEPTION;
      default:
        return "[J";
    }
  }
}
