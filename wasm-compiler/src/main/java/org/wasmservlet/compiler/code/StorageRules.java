package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.AtomicOperator;
import org.wasmservlet.compiler.ir.ValueTypes;

/** What is valid of tables and memories, plain accesses aside (core specification, 3.4). */
final class StorageRules {
  private final ModuleTypes module;
  private final OperandTypes operands;

  StorageRules(ModuleTypes module, OperandTypes operands) {
    this.module = module;
    this.operands = operands;
  }

  void check(Instruction ins) {
    switch (ins.opcode()) {
      case TABLE_GET -> {
        byte type = module.table(ins.operand(0));
        operands.pop(ValueTypes.I32);
        operands.push(type);
      }
      case TABLE_SET -> {
        operands.pop(module.table(ins.operand(0)));
        operands.pop(ValueTypes.I32);
      }
      case TABLE_SIZE -> {
        module.table(ins.operand(0));
        operands.push(ValueTypes.I32);
      }
      case TABLE_GROW -> {
        byte type = module.table(ins.operand(0));
        operands.pop(ValueTypes.I32);
        operands.pop(type);
        operands.push(ValueTypes.I32);
      }
      case TABLE_FILL -> {
        byte type = module.table(ins.operand(0));
        operands.pop(ValueTypes.I32);
        operands.pop(type);
        operands.pop(ValueTypes.I32);
      }
      case TABLE_COPY -> {
        same(module.table(ins.operand(0)), module.table(ins.operand(1)));
        operands.popThree();
      }
      case TABLE_INIT -> {
        same(module.table(ins.operand(1)), module.element(ins.operand(0)));
        operands.popThree();
      }
      case ELEM_DROP -> module.element(ins.operand(0));
      default -> memory(ins);
    }
  }

  private void memory(Instruction ins) {
    OpCode op = ins.opcode();
    switch (op) {
      case DATA_DROP -> module.checkData(ins.operand(0));
      case MEMORY_INIT -> {
        module.checkMemory(ins.operand(1));
        module.checkData(ins.operand(0));
        operands.popThree();
      }
      case MEMORY_COPY -> {
        module.checkMemory(ins.operand(0));
        module.checkMemory(ins.operand(1));
        operands.popThree();
      }
      case MEMORY_FILL -> {
        module.checkMemory(ins.operand(0));
        operands.popThree();
      }
      case MEMORY_SIZE -> {
        module.checkMemory(ins.operand(0));
        operands.push(ValueTypes.I32);
      }
      case MEMORY_GROW -> {
        module.checkMemory(ins.operand(0));
        operands.pop(ValueTypes.I32);
        operands.push(ValueTypes.I32);
      }
      default -> {
        AtomicOperator atomic = AtomicOperator.of(op);
        if (atomic == null) {
          throw new IllegalStateException(op + " has no rule");
        }
        atomic(ins, atomic);
      }
    }
  }

  private void atomic(Instruction ins, AtomicOperator op) {
    if (op.kind() == AtomicOperator.Kind.FENCE) {
      if (ins.operand(0) != 0) {
        throw CodeFault.malformed("zero byte expected");
      }
      return;
    }
    module.checkAccess(ins, op.width());
    if (ins.operand(0) != Integer.numberOfTrailingZeros(op.width())) {
      throw CodeFault.invalid("atomic alignment must be natural");
    }
    byte value = ValueTypes.ofJvm(op.type());
    switch (op.kind()) {
      case LOAD -> {}
      case NOTIFY -> operands.pop(ValueTypes.I32);
      case WAIT -> {
        operands.pop(ValueTypes.I64);
        operands.pop(value);
      }
      case COMPARE -> {
        operands.pop(value);
        operands.pop(value);
      }
      default -> operands.pop(value);
    }
    operands.pop(ValueTypes.I32);
    switch (op.kind()) {
      case STORE -> {}
      case NOTIFY, WAIT -> operands.push(ValueTypes.I32);
      default -> operands.push(value);
    }
  }

  private static void same(byte expected, byte found) {
    if (!ValueTypes.matches(found, expected)) {
      throw OperandTypes.mismatch(ValueTypes.name(expected), found);
    }
  }
}
