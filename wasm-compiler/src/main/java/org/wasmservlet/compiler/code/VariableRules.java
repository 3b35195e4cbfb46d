package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.ValueTypes;

/** What is valid of locals, globals and references (core specification, 3.4). */
final class VariableRules {
  private final ModuleTypes module;
  private final byte[] params;
  private final byte[] locals;
  private final OperandTypes operands;
  private final StorageRules storage;

  VariableRules(ModuleTypes module, byte[] params, byte[] locals, OperandTypes operands) {
    this.module = module;
    this.params = params;
    this.locals = locals;
    this.operands = operands;
    this.storage = new StorageRules(module, operands);
  }

  void check(Instruction ins) {
    OpCode op = ins.opcode();
    switch (op) {
      case LOCAL_GET -> operands.push(local(ins.operand(0)));
      case LOCAL_SET -> operands.pop(local(ins.operand(0)));
      case LOCAL_TEE -> {
        byte type = local(ins.operand(0));
        operands.pop(type);
        operands.push(type);
      }
      case GLOBAL_GET -> operands.push(module.global(ins.operand(0)));
      case GLOBAL_SET -> {
        byte type = module.global(ins.operand(0));
        if (!module.isMutable(ins.operand(0))) {
          throw CodeFault.invalid("global is immutable: global " + ins.operand(0));
        }
        operands.pop(type);
      }
      case REF_NULL -> operands.push((byte) ins.operand(0));
      case REF_IS_NULL -> {
        byte type = operands.pop();
        if (type != OperandTypes.ANY && !ValueTypes.isReference(type)) {
          throw OperandTypes.mismatch("a reference", type);
        }
        operands.push(ValueTypes.I32);
      }
      case REF_FUNC -> {
        module.checkReference(ins.operand(0));
        operands.push(ValueTypes.notNull(ValueTypes.FUNCREF));
      }
      default -> storage.check(ins);
    }
  }

  private byte local(long index) {
    if (index < params.length) {
      return params[(int) index];
    }
    if (index - params.length >= locals.length) {
      throw CodeFault.invalid("unknown local " + index);
    }
    return locals[(int) index - params.length];
  }
}
