package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.WasmEncoding;
import java.util.Arrays;
import java.util.List;

/** Goes through instructions, and adds up what their makers pay nothing for. */
final class BodyScan {
  /** Opcodes from here to here are followed by another number. */
  private static final int FIRST_PREFIX = 0xFB;

  private static final int LAST_PREFIX = 0xFE;

  private static final int EMPTY_BLOCK = 0x40;
  private static final int VECTOR_BYTES = 16;

  /** Catch clauses with a tag have an even number. */
  private static final int CATCH_ALL = 2;

  private final Scan module;
  private final Cursor in;

  /** By block that is open, what a branch to it takes along. */
  private int[] carried = new int[16];

  private int depth;

  /** The number that came last, of those that an instruction has. */
  private long operand;

  private long firstOperand;
  private long carriedByTable;

  BodyScan(Scan module, Cursor in) {
    this.module = module;
    this.in = in;
  }

  /** A function's instructions, its last end included. */
  void function(int index, int results) {
    open(results);
    while (depth > 0) {
      OpCode op = instruction();
      step(op, index, results);
    }
  }

  /** The instructions of a constant expression, its end included. */
  void constant() {
    OpCode op;
    do {
      op = instruction();
      if (op == OpCode.REF_FUNC) {
        module.declares(operand);
      }
    } while (op != OpCode.END);
  }

  private void step(OpCode op, int function, int results) {
    switch (op) {
      case BLOCK, IF, TRY_TABLE -> {
        module.values(params(firstOperand) + results(firstOperand), in);
        open(results(firstOperand));
      }
      case LOOP -> {
        module.values(params(firstOperand) + results(firstOperand), in);
        open(params(firstOperand));
      }
      case END -> depth--;
      case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> branch(operand);
      case BR_TABLE -> {
        module.values(carriedByTable, in);
        branch(operand);
      }
      case RETURN -> module.values(results, in);
      case CALL, RETURN_CALL -> call(module.typeOf(operand));
      case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF -> call(firstOperand);
      case REF_FUNC -> module.refers(function, operand, in);
      default -> {}
    }
  }

  private void open(int carries) {
    if (depth == carried.length) {
      carried = Arrays.copyOf(carried, 2 * depth);
    }
    carried[depth++] = carries;
  }

  private void branch(long label) {
    module.values(carries(label), in);
    module.leaves(label, in);
  }

  /** 0 where there is no such block. */
  private int carries(long label) {
    return label < depth ? carried[depth - 1 - (int) label] : 0;
  }

  private void call(long type) {
    module.values(module.types().params(type) + module.types().results(type), in);
  }

  private int params(long blockType) {
    return isIndex(blockType) ? module.types().params(blockType) : 0;
  }

  private int results(long blockType) {
    if (isIndex(blockType)) {
      return module.types().results(blockType);
    }
    return blockType == EMPTY_BLOCK ? 0 : 1;
  }

  private static boolean isIndex(long blockType) {
    return blockType != EMPTY_BLOCK && !ValType.ID.isValidOpcode((int) blockType);
  }

  private OpCode instruction() {
    int start = in.position();
    int code = in.next();
    if (code >= FIRST_PREFIX && code <= LAST_PREFIX) {
      long second = in.unsigned();
      code = second > 0xFF ? -1 : (code << 8) + (int) second;
    }
    OpCode op = code < 0 || code == 0xFF ? null : OpCode.byOpCode(code);
    if (op == null) {
      throw new MalformedException("an unknown instruction at offset " + start);
    }
    List<WasmEncoding> operands = OpCode.signature(op);
    for (int i = 0; i < operands.size(); i++) {
      operand(operands.get(i), op);
      if (i == 0) {
        firstOperand = operand;
      }
    }
    return op;
  }

  private void operand(WasmEncoding encoding, OpCode op) {
    switch (encoding) {
      case BYTE -> operand = in.next();
      case VARUINT -> operand = in.unsigned();
      case VARSINT32 -> in.skipSigned(33);
      case VARSINT64 -> in.skipSigned(64);
      case FLOAT32 -> in.skip(4);
      case FLOAT64 -> in.skip(8);
      case V128 -> in.skip(VECTOR_BYTES);
      case BLOCK_TYPE -> {
        operand = in.unsigned();
        if (!isIndex(operand)) {
          Types.skipRestOfValueType(in, (int) operand);
        }
      }
      case MEMARG -> {
        // The memory's index follows where bit 6 is set.
        if (in.unsigned() >>> 6 != 0) {
          in.unsigned();
        }
        in.unsigned();
      }
      case VEC_VARUINT -> vector(op);
      case VEC_VALUE_TYPE -> {
        for (int left = in.count("types"); left > 0; left--) {
          Types.skipValueType(in);
        }
      }
      case VEC_CATCH -> catches();
    }
  }

  private void vector(OpCode op) {
    carriedByTable = 0;
    int count = in.count("targets");
    for (int i = 0; i < count; i++) {
      target(in.unsigned(), op);
    }
  }

  private void target(long label, OpCode op) {
    if (op == OpCode.BR_TABLE) {
      carriedByTable += carries(label);
      module.leaves(label, in);
    }
  }

  private void catches() {
    for (int left = in.count("catches"); left > 0; left--) {
      if (in.next() < CATCH_ALL) {
        in.unsigned();
      }
      module.leaves(in.unsigned(), in);
    }
  }
}
