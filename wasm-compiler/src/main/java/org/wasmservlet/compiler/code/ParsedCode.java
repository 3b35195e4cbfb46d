package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Iterator;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.Features;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.NotCompiledException;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.VectorOperator;
import org.wasmservlet.compiler.ir.VectorOperators;

/** The bodies of a module that Chicory has parsed and validated. */
public final class ParsedCode implements Code {
  private static final int EMPTY_BLOCK = 0x40;

  /** Of an instruction, about. */
  private static final double BYTES = 2.5;

  /** Among the operands of an access: after the alignment and the offset. */
  private static final int MEMORY_INDEX = 2;

  private final WasmModule module;
  private final ModuleShape shape;

  /**
   * Looks through all instructions.
   *
   * @throws NotCompiledException if any is not compiled
   */
  public ParsedCode(ModuleShape shape) {
    this.module = shape.module;
    this.shape = shape;
    for (FunctionBody body : module.codeSection().functionBodies()) {
      for (AnnotatedInstruction instruction : body.instructions()) {
        if (!Features.has(instruction.opcode())) {
          throw new NotCompiledException(Features.nameOf(instruction.opcode()));
        }
      }
    }
  }

  @Override
  public int functions() {
    return module.codeSection().functionBodyCount();
  }

  @Override
  public int bytes(int function) {
    return (int) (BYTES * module.codeSection().getFunctionBody(function).instructions().size());
  }

  @Override
  public Body body(int function) {
    FunctionBody body = module.codeSection().getFunctionBody(function);
    byte[] locals = ValueTypes.of(body.localTypes());
    Iterator<AnnotatedInstruction> instructions = body.instructions().iterator();
    return new Body() {
      @Override
      public byte[] locals() {
        return locals;
      }

      @Override
      public boolean next(Instruction into) {
        if (!instructions.hasNext()) {
          return false;
        }
        copy(instructions.next(), into);
        return true;
      }
    };
  }

  private void copy(AnnotatedInstruction from, Instruction into) {
    OpCode op = from.opcode();
    if (Operators.isVector(op)) {
      copyVector(from, VectorOperators.of(op.opcode() & 0xFF), into);
      return;
    }
    into.begin(op);
    if (op == OpCode.TRY_TABLE) {
      into.block(blockType(from.operand(0)));
      for (CatchOpCode.Catch clause : from.catches()) {
        into.add(clause(clause));
      }
      return;
    }
    if (op == OpCode.BLOCK || op == OpCode.LOOP || op == OpCode.IF) {
      into.block(blockType(from.operand(0)));
      return;
    }
    for (int i = 0; i < from.operandCount(); i++) {
      into.add(from.operand(i));
    }
  }

  private static void copyVector(AnnotatedInstruction from, VectorOperator op, Instruction into) {
    into.begin(op);
    boolean lane = op.immediates() == VectorOperator.Immediates.MEMORY_LANE;
    for (int i = 0; i < from.operandCount(); i++) {
      // Before the lane is the index of the memory.
      if (!lane || i != MEMORY_INDEX) {
        into.add(from.operand(i));
      }
    }
  }

  private BlockType blockType(long id) {
    if (id == EMPTY_BLOCK) {
      return BlockType.EMPTY;
    }
    if (ValType.isValid(id)) {
      ValType type = ValType.builder().fromId(id).build().resolve(module.typeSection());
      return BlockType.giving(ValueTypes.of(type));
    }
    return shape.blockType((int) id);
  }

  private static Clause clause(CatchOpCode.Catch clause) {
    CatchOpCode kind = clause.opcode();
    boolean all = kind == CatchOpCode.CATCH_ALL || kind == CatchOpCode.CATCH_ALL_REF;
    boolean reference = kind == CatchOpCode.CATCH_REF || kind == CatchOpCode.CATCH_ALL_REF;
    return new Clause(all ? Clause.ALL : clause.tag(), reference, clause.label());
  }
}
