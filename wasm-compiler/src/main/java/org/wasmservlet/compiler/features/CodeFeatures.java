package org.wasmservlet.compiler.features;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Set;
import org.wasmservlet.compiler.binary.Cursor;
import org.wasmservlet.compiler.binary.InstructionReader;
import org.wasmservlet.compiler.code.LegacyOperator;
import org.wasmservlet.compiler.ir.VectorOperator;
import org.wasmservlet.compiler.ir.VectorOperators;

/** Goes through instructions, of whatever proposal, and notes which these are. */
final class CodeFeatures {
  private static final int VECTOR = 0xFD;
  private static final int FIRST_RELAXED = 0x100;
  private static final int VECTOR_BYTES = 16;

  private final Cursor in;
  private final InstructionReader reader;
  private final Set<Feature> found;

  CodeFeatures(Cursor in, Set<Feature> found) {
    this.in = in;
    this.reader = new InstructionReader(in, (op, label) -> {});
    this.found = found;
  }

  /** All instructions of a body. */
  void body() {
    while (!in.isAtEnd()) {
      next();
    }
  }

  /** The instructions of a constant expression, its end included. */
  void constant() {
    OpCode op;
    do {
      op = next();
      if (op == OpCode.I32_ADD
          || op == OpCode.I32_SUB
          || op == OpCode.I32_MUL
          || op == OpCode.I64_ADD
          || op == OpCode.I64_SUB
          || op == OpCode.I64_MUL) {
        found.add(Feature.EXTENDED_CONSTANTS);
      }
    } while (op != OpCode.END);
  }

  /** Null for one that Chicory has no name for. */
  private OpCode next() {
    int start = in.position();
    int code = in.next();
    if (code == VECTOR) {
      vector(in.unsigned());
      return null;
    }
    boolean isPrefix = InstructionReader.isPrefix(code);
    LegacyOperator legacy = isPrefix ? null : LegacyOperator.of(code);
    if (legacy != null) {
      legacy(legacy);
      return null;
    }
    OpCode op = reader.rest(code, isPrefix ? in.unsigned() : 0, start);
    Feature feature = Feature.of(op);
    if (feature != null) {
      found.add(feature);
    }
    if (op == OpCode.RETURN_CALL_REF) {
      found.add(Feature.TAIL_CALLS);
    }
    return op;
  }

  private void legacy(LegacyOperator operator) {
    found.add(Feature.LEGACY_EXCEPTIONS);
    switch (operator) {
      case TRY -> reader.skipBlockType();
      case CATCH, RETHROW, DELEGATE -> in.unsigned();
      default -> {}
    }
  }

  private void vector(long code) {
    VectorOperator op = VectorOperators.of(code);
    if (op == null) {
      throw new IllegalArgumentException("vector instruction " + code);
    }
    found.add(code < FIRST_RELAXED ? Feature.VECTORS : Feature.RELAXED_VECTORS);
    switch (op.immediates()) {
      case NONE -> {}
      case LANE -> in.next();
      case BYTES, SHUFFLE -> in.skip(VECTOR_BYTES);
      case MEMORY -> reader.skipMemoryArgument();
      case MEMORY_LANE -> {
        reader.skipMemoryArgument();
        in.next();
      }
    }
  }
}
