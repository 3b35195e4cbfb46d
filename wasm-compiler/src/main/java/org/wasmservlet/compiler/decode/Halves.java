package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.VectorOperator;

/** Lanes of a half, and halves of lanes. */
final class Halves {
  private Halves() {}

  /** The upper 32 bits. */
  static Node upper(Node half) {
    return Node.numeric(OpCode.I64_SHR_U, 'J', half, Node.constant('J', 32));
  }

  /** A half that has a number in all lanes. */
  static Node splat(VectorOperator op, Node lane) {
    return switch (op.shape()) {
      case "i64x2" -> lane;
      case "f64x2" -> Node.numeric(OpCode.I64_REINTERPRET_F64, 'J', lane);
      default -> Node.compute(op.helper(), lane);
    };
  }

  /** The number of a lane; where a half has one, the half itself is it. */
  static Node extract(VectorOperator op, Node half, int lane) {
    return switch (op.shape()) {
      case "i64x2" -> half;
      case "f64x2" -> Node.numeric(OpCode.F64_REINTERPRET_I64, 'D', half);
      case "i32x4" -> word(half, lane);
      case "f32x4" -> Node.numeric(OpCode.F32_REINTERPRET_I32, 'F', word(half, lane));
      default -> Node.compute(op.helper().with(lane), half);
    };
  }

  private static Node word(Node half, int lane) {
    return Node.numeric(OpCode.I32_WRAP_I64, 'I', lane == 0 ? half : upper(half));
  }

  /** A half with another number in a lane. */
  static Node replace(VectorOperator op, Node half, Node number, int lane) {
    return switch (op.shape()) {
      case "i64x2" -> number;
      case "f64x2" -> Node.numeric(OpCode.I64_REINTERPRET_F64, 'J', number);
      default -> Node.compute(op.helper().with(lane), half, number);
    };
  }
}
