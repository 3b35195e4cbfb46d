package org.wasmservlet.compiler.code;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.VectorOperator;

/**
 * Validates a body while it is read (core specification, appendix "Validation Algorithm"): types of
 * operands, and the structured instructions that are open.
 */
final class Validator {
  /** Values that are counted here before they are counted for the module. */
  private static final int MANY = 10_000;

  private final ModuleTypes module;
  private final OperandTypes operands = new OperandTypes();
  private final VariableRules variables;
  private Frame[] frames = new Frame[16];
  private int depth;
  private Frame top;
  private final int bytes;
  private long counted;
  private long uncounted;

  /**
   * Begins a body.
   *
   * @param bytes of it
   */
  Validator(ModuleTypes module, BlockType function, byte[] locals, int bytes) {
    this.bytes = bytes;
    this.module = module;
    this.variables = new VariableRules(module, function.params(), locals, operands);
    open(new Frame(Frame.Kind.BLOCK, BlockType.of(new byte[0], function.results()), 0));
  }

  /** Whether the function's own end has been met. */
  boolean isDone() {
    return depth == 0;
  }

  /**
   * Takes an instruction.
   *
   * @param offset where it is
   * @throws CodeFault if it is not valid where it stands
   */
  void check(Instruction instruction, int offset) {
    if (instruction.vector() != null) {
      vector(instruction);
    } else if (instruction.legacy() != null) {
      legacy(instruction);
    } else {
      Typing typing = Typing.of(instruction.opcode());
      if (typing != null) {
        check(instruction, typing);
        return;
      }
      control(instruction);
    }
    if (uncounted > MANY || depth == 0) {
      counted += uncounted;
      module.values().operands(uncounted, counted, bytes, offset);
      uncounted = 0;
    }
  }

  private void vector(Instruction ins) {
    VectorOperator op = ins.vector();
    Vectors.check(ins, module);
    operands.pop(op.type().params());
    operands.push(op.type().results());
  }

  private void check(Instruction ins, Typing typing) {
    if (typing.width > 0) {
      module.checkAccess(ins, typing.width);
    }
    operands.pop(typing.params);
    operands.push(typing.results);
  }

  private void control(Instruction ins) {
    OpCode op = ins.opcode();
    switch (op) {
      case NOP -> {}
      case UNREACHABLE -> unreachable();
      case BLOCK -> enter(Frame.Kind.BLOCK, ins.block());
      case LOOP -> enter(Frame.Kind.LOOP, ins.block());
      case IF -> {
        operands.pop(ValueTypes.I32);
        enter(Frame.Kind.IF, ins.block());
      }
      case ELSE -> otherwise();
      case END -> end();
      case BR -> {
        operands.pop(target(ins.operand(0)).carried());
        unreachable();
      }
      case BR_IF -> {
        operands.pop(ValueTypes.I32);
        operands.keep(target(ins.operand(0)).carried());
      }
      case BR_TABLE -> branchTable(ins);
      case RETURN -> {
        operands.pop(frames[0].type.results());
        unreachable();
      }
      case CALL -> call(module.function(ins.operand(0)));
      case CALL_INDIRECT -> call(indirect(ins));
      case RETURN_CALL -> tailCall(module.function(ins.operand(0)));
      case RETURN_CALL_INDIRECT -> tailCall(indirect(ins));
      case THROW -> {
        operands.pop(module.tag(ins.operand(0)));
        unreachable();
      }
      case THROW_REF -> {
        operands.pop(ValueTypes.EXNREF);
        unreachable();
      }
      case TRY_TABLE -> {
        ins.clauses().forEach(this::clause);
        enter(Frame.Kind.BLOCK, ins.block());
      }
      case DROP -> operands.pop();
      case SELECT -> select();
      case SELECT_T -> selectTyped(ins);
      default -> variables.check(ins);
    }
  }

  // Structured control

  private void open(Frame frame) {
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, 2 * depth);
    }
    frames[depth++] = frame;
    top = frame;
    operands.in(top);
  }

  private void enter(Frame.Kind kind, BlockType type) {
    uncounted += type.params().length + type.results().length;
    operands.pop(type.params());
    open(new Frame(kind, type, operands.height()));
    operands.push(type.params());
  }

  private void otherwise() {
    if (top.kind != Frame.Kind.IF) {
      throw CodeFault.malformed("END opcode expected: else without if");
    }
    Frame then = top;
    close();
    open(new Frame(Frame.Kind.ELSE, then.type, operands.height()));
    operands.push(then.type.params());
  }

  private void end() {
    Frame ended = top;
    close();
    if (ended.kind == Frame.Kind.IF
        && !ValueTypes.match(ended.type.params(), ended.type.results())) {
      throw CodeFault.invalid("type mismatch: an if without else gives what it takes");
    }
    if (depth > 0) {
      operands.push(ended.type.results());
    }
  }

  /** Ends the uppermost, with its results on top and nothing else. */
  private void close() {
    operands.pop(top.type.results());
    if (operands.height() != top.height) {
      throw CodeFault.invalid(
          "type mismatch: "
              + (operands.height() - top.height)
              + " more values at the end of a block than its results");
    }
    frames[--depth] = null;
    top = depth == 0 ? null : frames[depth - 1];
    operands.in(top);
  }

  private void unreachable() {
    operands.truncate(top.height);
    top.unreachable = true;
  }

  private Frame target(long label) {
    if (label >= depth) {
      throw CodeFault.invalid("unknown label " + label);
    }
    Frame target = frames[depth - 1 - (int) label];
    uncounted += target.carried().length;
    return target;
  }

  private void clause(Clause clause) {
    byte[] thrown = clause.tag() == Clause.ALL ? new byte[0] : module.tag(clause.tag());
    byte[] carried = thrown;
    if (clause.reference()) {
      carried = Arrays.copyOf(thrown, thrown.length + 1);
      carried[thrown.length] = ValueTypes.notNull(ValueTypes.EXNREF);
    }
    if (!ValueTypes.match(carried, target(clause.label()).carried())) {
      throw CodeFault.invalid("type mismatch: a catch clause gives what its label takes");
    }
  }

  private void legacy(Instruction ins) {
    switch (ins.legacy()) {
      case TRY -> enter(Frame.Kind.TRY, ins.block());
      case CATCH -> handler(Frame.Kind.CATCH, module.tag(ins.operand(0)));
      case CATCH_ALL -> handler(Frame.Kind.CATCH_ALL, new byte[0]);
      case DELEGATE -> {
        if (top.kind != Frame.Kind.TRY) {
          throw CodeFault.malformed("END opcode expected: delegate without try");
        }
        Frame ended = top;
        close();
        target(ins.operand(0));
        operands.push(ended.type.results());
      }
      case RETHROW -> {
        Frame.Kind kind = target(ins.operand(0)).kind;
        if (kind != Frame.Kind.CATCH && kind != Frame.Kind.CATCH_ALL) {
          throw CodeFault.invalid("invalid rethrow label " + ins.operand(0));
        }
        unreachable();
      }
    }
  }

  private void handler(Frame.Kind kind, byte[] thrown) {
    if (top.kind != Frame.Kind.TRY && top.kind != Frame.Kind.CATCH) {
      throw CodeFault.malformed("END opcode expected: catch without try");
    }
    Frame before = top;
    close();
    open(new Frame(kind, before.type, operands.height()));
    operands.push(thrown);
  }

  private void branchTable(Instruction ins) {
    operands.pop(ValueTypes.I32);
    int labels = ins.operandCount();
    byte[] carried = target(ins.operand(labels - 1)).carried();
    for (int i = 0; i < labels - 1; i++) {
      byte[] other = target(ins.operand(i)).carried();
      if (other.length != carried.length) {
        throw CodeFault.invalid("type mismatch: branches of a table carry as many values each");
      }
      if (other != carried) {
        operands.check(other);
      }
    }
    operands.pop(carried);
    unreachable();
  }

  private BlockType indirect(Instruction ins) {
    byte table = module.table(ins.operand(1));
    if (!ValueTypes.matches(table, ValueTypes.FUNCREF)) {
      throw OperandTypes.mismatch("a table of funcref", table);
    }
    BlockType type = module.type(ins.operand(0));
    operands.pop(ValueTypes.I32);
    return type;
  }

  private void call(BlockType callee) {
    uncounted += callee.params().length + callee.results().length;
    operands.pop(callee.params());
    operands.push(callee.results());
  }

  private void tailCall(BlockType callee) {
    uncounted += callee.params().length + callee.results().length;
    if (!ValueTypes.match(callee.results(), frames[0].type.results())) {
      throw CodeFault.invalid("type mismatch: a tail call gives what its function gives");
    }
    operands.pop(callee.params());
    unreachable();
  }

  private void select() {
    operands.pop(ValueTypes.I32);
    byte one = operands.pop();
    byte other = operands.pop();
    if (ValueTypes.isReference(one) || ValueTypes.isReference(other)) {
      throw OperandTypes.mismatch("a number", ValueTypes.isReference(one) ? one : other);
    }
    if (one != other && one != OperandTypes.ANY && other != OperandTypes.ANY) {
      throw OperandTypes.mismatch(ValueTypes.name(one), other);
    }
    operands.push(one == OperandTypes.ANY ? other : one);
  }

  private void selectTyped(Instruction ins) {
    if (ins.operandCount() != 1) {
      throw CodeFault.invalid("invalid result arity");
    }
    byte type = (byte) ins.operand(0);
    operands.pop(ValueTypes.I32);
    operands.pop(type);
    operands.pop(type);
    operands.push(type);
  }
}
