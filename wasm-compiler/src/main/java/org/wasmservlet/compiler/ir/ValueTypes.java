package org.wasmservlet.compiler.ir;

import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/**
 * Value types that are compiled, a byte each as in a binary (core specification, 5.3). A reference
 * that cannot be null has another bit.
 */
public final class ValueTypes {
  public static final byte I32 = 0x7F;
  public static final byte I64 = 0x7E;
  public static final byte F32 = 0x7D;
  public static final byte F64 = 0x7C;
  public static final byte V128 = 0x7B;
  public static final byte FUNCREF = 0x70;
  public static final byte EXTERNREF = 0x6F;
  public static final byte EXNREF = 0x69;

  private static final int NOT_NULL = 0x80;

  private ValueTypes() {}

  /**
   * The byte of a type.
   *
   * @throws NotCompiledException if it is not compiled
   */
  public static byte of(ValType type) {
    switch (type.opcode()) {
      case ValType.ID.I32, ValType.ID.I64, ValType.ID.F32, ValType.ID.F64:
        return (byte) type.opcode();
      case ValType.ID.V128:
        return V128;
      case ValType.ID.ExnRef:
        return EXNREF;
      case ValType.ID.Ref:
        // Chicory asserts that a declared type has been looked up.
        if (type.typeIdx() >= 0) {
          throw new NotCompiledException(Features.TYPED_REFERENCES);
        }
        return notNull(ofReference(type.withNullability(true)));
      default:
        return ofReference(type);
    }
  }

  private static byte ofReference(ValType type) {
    if (type.equals(ValType.FuncRef)) {
      return FUNCREF;
    }
    if (type.equals(ValType.ExternRef)) {
      return EXTERNREF;
    }
    if (type.equals(ValType.ExnRef)) {
      return EXNREF;
    }
    throw new NotCompiledException(Features.TYPED_REFERENCES);
  }

  /** The type of the references of a type that are not null. */
  public static byte notNull(byte reference) {
    return (byte) (reference | NOT_NULL);
  }

  /** Whether no value of a type is null, and so none is there before it is set. */
  public static boolean isNotNull(byte type) {
    return (type & NOT_NULL) != 0;
  }

  private static byte nullable(byte type) {
    return (byte) (type & ~NOT_NULL);
  }

  /** Whether a value of a type is one of another too. */
  public static boolean matches(byte type, byte expected) {
    return type == expected || isNotNull(type) && nullable(type) == expected;
  }

  /** The bytes of types. */
  public static byte[] of(List<ValType> types) {
    byte[] bytes = new byte[types.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = of(types.get(i));
    }
    return bytes;
  }

  /**
   * What the JVM keeps a value in: I, J, F or D; for a vector, J for each half; E for an exception.
   */
  public static char jvm(byte type) {
    switch (nullable(type)) {
      case I64, V128:
        return 'J';
      case F32:
        return 'F';
      case F64:
        return 'D';
      case EXNREF:
        return 'E';
      default:
        // Chicory's references are numbers.
        return 'I';
    }
  }

  /** The number that the JVM keeps as I, J, F or D. */
  public static byte ofJvm(char type) {
    switch (type) {
      case 'I':
        return I32;
      case 'J':
        return I64;
      case 'F':
        return F32;
      default:
        return F64;
    }
  }

  /** What the JVM keeps values in: a vector in two longs, the low half first. */
  public static String jvm(byte[] types) {
    StringBuilder jvm = new StringBuilder(types.length);
    for (byte type : types) {
      jvm.append(jvm(type));
      if (type == V128) {
        jvm.append('J');
      }
    }
    return jvm.toString();
  }

  /** Whether values of some types are values of others too. */
  public static boolean match(byte[] types, byte[] expected) {
    boolean match = types.length == expected.length;
    for (int i = 0; match && i < types.length; i++) {
      match = matches(types[i], expected[i]);
    }
    return match;
  }

  public static boolean isReference(byte type) {
    byte nullable = nullable(type);
    return nullable == FUNCREF || nullable == EXTERNREF || nullable == EXNREF;
  }

  /** As the text format has it. */
  public static String name(byte type) {
    if (isNotNull(type)) {
      return "(" + name(nullable(type)) + " that is not null)";
    }
    switch (type) {
      case I32:
        return "i32";
      case I64:
        return "i64";
      case F32:
        return "f32";
      case F64:
        return "f64";
      case V128:
        return "v128";
      case FUNCREF:
        return "funcref";
      case EXTERNREF:
        return "externref";
      case EXNREF:
        return "exnref";
      default:
        return "type " + Integer.toHexString(type & 0xFF);
    }
  }
}
