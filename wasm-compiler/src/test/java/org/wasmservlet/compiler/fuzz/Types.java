package org.wasmservlet.compiler.fuzz;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Collections;
import java.util.List;

/** Types of values and of functions in random modules. */
final class Types {
  static final int I32 = 0x7F;
  static final int I64 = 0x7E;
  static final int F32 = 0x7D;
  static final int F64 = 0x7C;
  static final int V128 = 0x7B;
  static final int FUNC = 0x70;
  static final int EXTERN = 0x6F;

  static final List<Integer> NUMBERS = List.of(I32, I64, F32, F64);

  /** A function type or a block's. */
  record Signature(List<Integer> parameters, List<Integer> results) {}

  /** The module's types: first those of functions, then those of blocks alone. */
  static final List<Signature> ALL =
      List.of(
          new Signature(List.of(), List.of(I64)),
          new Signature(List.of(I32, I64, F32, F64), List.of(I32)),
          new Signature(List.of(I32), List.of(I32)),
          new Signature(List.of(F64, F64), List.of(F64)),
          new Signature(List.of(I64, F32), List.of(F32)),
          new Signature(List.of(I64), List.of(I32, I64)),
          new Signature(List.of(I32, I32), List.of()),
          new Signature(List.of(EXTERN, I32), List.of(EXTERN, F64, FUNC)),
          // More than the 255 slots that the JVM allows.
          new Signature(Collections.nCopies(130, I64), List.of(I64)),
          new Signature(List.of(I32, I64), List.of(I64)),
          new Signature(List.of(I64), List.of(I64)),
          new Signature(List.of(F32, I32), List.of(I32, F32)));

  static final int FUNCTION_TYPES = 9;

  /** The imported function's. */
  static final int HOST = 9;

  static final int LOOP = 10;
  static final int SWAP = 11;

  private Types() {}

  static FunctionType functionType(Signature signature) {
    return FunctionType.of(all(signature.parameters()), all(signature.results()));
  }

  private static List<ValType> all(List<Integer> types) {
    return types.stream().map(Types::of).toList();
  }

  private static ValType of(int type) {
    return switch (type) {
      case I32 -> ValType.I32;
      case I64 -> ValType.I64;
      case F32 -> ValType.F32;
      case F64 -> ValType.F64;
      case V128 -> ValType.V128;
      case FUNC -> ValType.FuncRef;
      default -> ValType.ExternRef;
    };
  }

  /** The upper half of 32 bits means nothing to Chicory. */
  static long bits(int type, long value) {
    return type == I64 || type == F64 ? value : (int) value;
  }

  /** How values are passed from outside: a vector is two numbers. */
  static List<Integer> passed(List<Integer> types) {
    return types.stream()
        .flatMap(
            type -> Collections.nCopies(type == V128 ? 2 : 1, type == V128 ? I64 : type).stream())
        .toList();
  }

  static boolean isReference(int type) {
    return type == FUNC || type == EXTERN;
  }
}
