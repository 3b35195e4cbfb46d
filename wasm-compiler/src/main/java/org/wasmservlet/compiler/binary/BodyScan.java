package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;

/** Goes through instructions, and adds up what their makers pay nothing for. */
final class BodyScan {
  private final Scan module;
  private final Cursor in;
  private final InstructionReader reader;

  /** By block that is open, what a branch to it takes along. */
  private int[] carried = new int[16];

  private int depth;

  /** Of the targets of the table that is being read. */
  private long carriedByTable;

  BodyScan(Scan module, Cursor in) {
    this.module = module;
    this.in = in;
    this.reader = new InstructionReader(in, this::target);
  }

  /** A function's instructions, its last end included. */
  void function(int index, int results) {
    open(results);
    while (depth > 0) {
      carriedByTable = 0;
      OpCode op = reader.next();
      step(op, index, results);
    }
  }

  /** The instructions of a constant expression, its end included. */
  void constant() {
    OpCode op;
    do {
      op = reader.next();
      if (op == OpCode.REF_FUNC) {
        module.declares(reader.last());
      }
    } while (op != OpCode.END);
  }

  private void step(OpCode op, int function, int results) {
    switch (op) {
      case BLOCK, IF, TRY_TABLE -> {
        module.values(params(reader.first()) + results(reader.first()), in);
        open(results(reader.first()));
      }
      case LOOP -> {
        module.values(params(reader.first()) + results(reader.first()), in);
        open(params(reader.first()));
      }
      case END -> depth--;
      case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL ->
          branch(reader.last());
      case BR_TABLE -> {
        module.values(carriedByTable, in);
        branch(reader.last());
      }
      case RETURN -> module.values(results, in);
      case CALL, RETURN_CALL -> call(module.typeOf(reader.last()));
      case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF -> call(reader.first());
      case REF_FUNC -> module.refers(function, reader.last(), in);
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
    return InstructionReader.isIndex(blockType) ? module.types().params(blockType) : 0;
  }

  private int results(long blockType) {
    if (InstructionReader.isIndex(blockType)) {
      return module.types().results(blockType);
    }
    return blockType == InstructionReader.EMPTY_BLOCK ? 0 : 1;
  }

  private void target(OpCode op, long label) {
    if (op == OpCode.BR_TABLE) {
      carriedByTable += carries(label);
    }
    module.leaves(label, in);
  }
}
