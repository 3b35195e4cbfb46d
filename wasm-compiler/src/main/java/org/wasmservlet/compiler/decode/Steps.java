package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.AtomicOperator;
import org.wasmservlet.compiler.ir.Numerics;
import org.wasmservlet.compiler.ir.ValueTypes;

/**
 * What each instruction is decoded by. A table, for HotSpot's sake: it compiles a switch over all
 * of them, with everything that the cases call, again and again as one more case is met, and a
 * module has been compiled before that comes to an end.
 */
final class Steps {
  /** Decodes an instruction that is reached. */
  interface Step {
    void decode(FunctionBuilder function, Instruction ins);
  }

  private static final Step[] BY_OPCODE = new Step[OpCode.values().length];

  static {
    Arrays.fill(BY_OPCODE, (Step) (f, ins) -> f.values.helper(BulkHelpers.of(ins)));
    for (OpCode op : OpCode.values()) {
      AtomicOperator atomic = AtomicOperator.of(op);
      if (atomic != null) {
        put(op, (f, ins) -> f.atomics.decode(ins, atomic));
      } else if (Numerics.types(op) != null) {
        put(op, (f, ins) -> f.values.numeric(ins.opcode()));
      } else if (Numerics.isLoad(op)) {
        put(op, (f, ins) -> f.accesses.load(ins.opcode(), ins.operand(1)));
      } else if (Numerics.isStore(op)) {
        put(op, (f, ins) -> f.accesses.store(ins.opcode(), ins.operand(1)));
      }
    }
    put(OpCode.NOP, (f, ins) -> {});
    put(OpCode.UNREACHABLE, (f, ins) -> f.code.trap());
    put(OpCode.BLOCK, (f, ins) -> f.controls.openBlock(ins));
    put(OpCode.LOOP, (f, ins) -> f.controls.openLoop(ins));
    put(OpCode.IF, (f, ins) -> f.controls.openIf(ins));
    put(OpCode.TRY_TABLE, (f, ins) -> f.controls.openTryTable(ins));
    put(OpCode.THROW, (f, ins) -> f.exceptions.raise((int) ins.operand(0)));
    put(OpCode.THROW_REF, (f, ins) -> f.exceptions.raise(f.code.stack.pop()));
    put(OpCode.ELSE, (f, ins) -> f.controls.otherwise());
    put(OpCode.END, (f, ins) -> f.controls.end());
    put(OpCode.BR, (f, ins) -> f.controls.branch(ins.operand(0)));
    put(OpCode.BR_IF, (f, ins) -> f.controls.branchIf(ins));
    put(OpCode.BR_TABLE, (f, ins) -> f.controls.branchTable(ins));
    put(OpCode.RETURN, (f, ins) -> f.calls.giveBack());
    put(OpCode.CALL, (f, ins) -> f.calls.call((int) ins.operand(0)));
    put(
        OpCode.CALL_INDIRECT,
        (f, ins) -> f.calls.callIndirect((int) ins.operand(0), (int) ins.operand(1)));
    put(OpCode.RETURN_CALL, (f, ins) -> f.calls.tailCall((int) ins.operand(0)));
    put(
        OpCode.RETURN_CALL_INDIRECT,
        (f, ins) -> f.calls.tailCallIndirect((int) ins.operand(0), (int) ins.operand(1)));
    put(OpCode.DROP, (f, ins) -> f.values.drop());
    put(OpCode.SELECT, (f, ins) -> f.values.select());
    put(OpCode.SELECT_T, (f, ins) -> f.values.select());
    put(OpCode.LOCAL_GET, (f, ins) -> f.storage.getLocal((int) ins.operand(0)));
    put(OpCode.LOCAL_SET, (f, ins) -> f.storage.setLocal((int) ins.operand(0)));
    put(OpCode.LOCAL_TEE, (f, ins) -> f.storage.teeLocal((int) ins.operand(0)));
    put(OpCode.GLOBAL_GET, (f, ins) -> f.storage.getGlobal((int) ins.operand(0)));
    put(OpCode.GLOBAL_SET, (f, ins) -> f.storage.setGlobal((int) ins.operand(0)));
    put(OpCode.I32_CONST, (f, ins) -> f.values.constant('I', ins.operand(0)));
    put(OpCode.REF_FUNC, (f, ins) -> f.values.constant('I', ins.operand(0)));
    put(OpCode.I64_CONST, (f, ins) -> f.values.constant('J', ins.operand(0)));
    put(OpCode.F32_CONST, (f, ins) -> f.values.constant('F', ins.operand(0)));
    put(OpCode.F64_CONST, (f, ins) -> f.values.constant('D', ins.operand(0)));
    put(
        OpCode.REF_NULL,
        (f, ins) -> f.values.constant(ValueTypes.jvm((byte) ins.operand(0)), Value.REF_NULL_VALUE));
    put(OpCode.REF_IS_NULL, (f, ins) -> f.values.isNull());
  }

  private Steps() {}

  private static void put(OpCode op, Step step) {
    BY_OPCODE[op.ordinal()] = step;
  }

  static Step of(OpCode op) {
    return BY_OPCODE[op.ordinal()];
  }
}
