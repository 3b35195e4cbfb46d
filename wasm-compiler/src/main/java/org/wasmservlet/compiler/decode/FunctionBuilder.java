package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Value;
import org.wasmservlet.compiler.code.Body;
import org.wasmservlet.compiler.code.Code;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.AtomicOperator;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Form;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;
import org.wasmservlet.compiler.ir.Signature;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.Variables;

/** Decodes a body to basic blocks of trees, while it is read. */
public final class FunctionBuilder {
  private final ModuleShape shape;
  private final int function;
  private final Form form;
  private final Signature signature;
  private final Body body;
  private final BlockBuilder code;
  private final Variables variables;
  private final OperandStack stack;
  private final CallBuilder calls;
  private final ExceptionBuilder exceptions;
  private final ControlBuilder controls;
  private final AccessBuilder accesses;
  private final AtomicBuilder atomics;
  private final VectorBuilder vectors;
  private final Locals locals;
  private final int argumentArray;

  private FunctionBuilder(ModuleShape shape, Code bodies, int function, Form form) {
    this.shape = shape;
    this.function = function;
    this.form = form;
    this.signature = shape.signature(function);
    this.body = bodies.body(function - shape.importedFunctions);
    this.variables = new Variables(signature.params + ValueTypes.jvm(body.locals()));
    this.code = new BlockBuilder(variables);
    this.stack = code.stack;
    this.locals = new Locals(signature.block.params(), body.locals());
    this.calls = new CallBuilder(shape, function, locals, code, form);
    this.exceptions = new ExceptionBuilder(code, calls);
    this.controls = new ControlBuilder(shape, code, calls, exceptions, signature.block);
    this.accesses = new AccessBuilder(shape, code);
    this.atomics = new AtomicBuilder(code, accesses);
    this.vectors = new VectorBuilder(code, accesses);
    this.argumentArray = signature.array ? variables.add('A') : -1;
  }

  /**
   * Decodes a body.
   *
   * @param shape of its module
   * @param bodies all of them
   * @param function imported ones counted
   * @param form what it is compiled for
   * @return its blocks
   * @throws com.dylibso.chicory.wasm.ChicoryException if it is not valid
   */
  public static FunctionIr build(ModuleShape shape, Code bodies, int function, Form form) {
    FunctionBuilder builder = new FunctionBuilder(shape, bodies, function, form);
    FunctionIr ir = builder.build(false);
    return builder.calls.needsStart()
        ? new FunctionBuilder(shape, bodies, function, form).build(true)
        : ir;
  }

  private FunctionIr build(boolean callsItselfLast) {
    code.place(new Block());
    if (signature.array) {
      for (int i = 0; i < signature.params.length(); i++) {
        char type = signature.params.charAt(i);
        code.add(Node.set(i, Node.arrayGet(Node.get('A', argumentArray), i, type)));
      }
    }
    // Locals that are references start as null, which is not 0.
    for (int local = signature.block.params().length; local < locals.count(); local++) {
      if (ValueTypes.isReference(locals.type(local))) {
        int variable = locals.variable(local);
        Node none = Node.constant(variables.type(variable), Value.REF_NULL_VALUE);
        code.add(Node.set(variable, none));
      }
    }
    if (callsItselfLast) {
      calls.placeStart();
    }
    Instruction ins = new Instruction();
    while (body.next(ins)) {
      if (code.isReached()) {
        decode(ins);
      } else {
        controls.skip(ins);
      }
    }
    return new FunctionIr(
        function,
        signature,
        code.blocks(),
        variables.types(),
        argumentArray,
        calls.calls(),
        calls.tailCalls(),
        code.catches(),
        form,
        variables.keys());
  }

  private void helper(Helper helper) {
    Node[] in = code.operands(helper.operands().length());
    Node node =
        new Node(
            Node.Kind.HELPER,
            null,
            helper.result(),
            0,
            0,
            helper,
            helper.effects(),
            4 + 3 * helper.constants().length,
            in);
    if (helper.result() == 'V') {
      code.effect(node);
    } else {
      stack.push(node);
    }
  }

  // Plain instructions

  private void numeric(OpCode op, String types) {
    Node[] in = code.operands(types.length() - 1);
    char result = types.charAt(types.length() - 1);
    stack.push(Node.numeric(op, result, in));
  }

  private void select() {
    int height = stack.height();
    if (stack.isVectorAt(height - 2)) {
      vectors.select();
      return;
    }
    if ((stack.at(height - 2).effects | stack.at(height - 3).effects) != 0) {
      // Only one of the two will be evaluated.
      Node condition = stack.pop();
      stack.flush();
      stack.push(condition);
    }
    Node condition = stack.pop();
    Node no = stack.pop();
    Node yes = stack.pop();
    stack.push(new Node(Node.Kind.SELECT, null, yes.type, 0, 0, null, 0, 6, yes, no, condition));
  }

  private void setLocal(int local) {
    int variable = locals.variable(local);
    if (locals.isVector(local)) {
      code.set(variable + 1, stack.pop());
    }
    code.set(variable, stack.pop());
  }

  private void getLocal(int local) {
    int variable = locals.variable(local);
    Node value = Node.get(variables.type(variable), variable);
    if (locals.isVector(local)) {
      stack.pushVector(value, Node.get('J', variable + 1));
    } else {
      stack.push(value);
    }
  }

  private void getGlobal(int index) {
    char type = shape.globalTypes[index];
    boolean vector = shape.vectorGlobals.get(index);
    Node value;
    Node high;
    if (shape.globalPlaces[index] == ModuleShape.GlobalPlace.CONSTANT) {
      value = Node.constant(type, shape.globalConstants[index]);
      high = Node.constant(type, shape.highConstants[index]);
    } else {
      value = Node.globalGet(type, index, 0);
      high = Node.globalGet(type, index, 1);
    }
    if (vector) {
      stack.pushVector(value, high);
    } else {
      stack.push(value);
    }
  }

  private void setGlobal(int index) {
    if (shape.vectorGlobals.get(index)) {
      code.effect(Node.globalSet(index, 1, stack.pop()));
    }
    code.effect(Node.globalSet(index, 0, stack.pop()));
  }

  private void drop() {
    Node dropped = stack.pop();
    if (dropped.effects != 0) {
      code.effect(Node.statement(Node.Kind.DROP, 1, dropped));
    }
  }

  private void decode(Instruction ins) {
    if (ins.vector() != null) {
      vectors.decode(ins);
      return;
    }
    OpCode op = ins.opcode();
    if (op == null) {
      controls.legacy(ins);
      return;
    }
    String numeric = Numerics.types(op);
    if (numeric != null) {
      numeric(op, numeric);
      return;
    }
    switch (op) {
      case NOP:
        break;
      case UNREACHABLE:
        stack.flushEffects();
        code.terminate(Node.statement(Node.Kind.UNREACHABLE, 4));
        break;
      case BLOCK:
        controls.openBlock(ins);
        break;
      case LOOP:
        controls.openLoop(ins);
        break;
      case IF:
        controls.openIf(ins);
        break;
      case TRY_TABLE:
        controls.openTryTable(ins);
        break;
      case THROW:
        int tag = (int) ins.operand(0);
        exceptions.raise(tag, shape.tags.get(tag).jvmParams().length());
        break;
      case THROW_REF:
        exceptions.raise(stack.pop());
        break;
      case ELSE:
        controls.otherwise();
        break;
      case END:
        controls.end();
        break;
      case BR:
        controls.branch(ins.operand(0));
        break;
      case BR_IF:
        controls.branchIf(ins);
        break;
      case BR_TABLE:
        controls.branchTable(ins);
        break;
      case RETURN:
        calls.giveBack();
        break;
      case CALL:
        calls.call((int) ins.operand(0));
        break;
      case CALL_INDIRECT:
        calls.callIndirect((int) ins.operand(0), (int) ins.operand(1));
        break;
      case RETURN_CALL:
        calls.tailCall((int) ins.operand(0));
        break;
      case RETURN_CALL_INDIRECT:
        calls.tailCallIndirect((int) ins.operand(0), (int) ins.operand(1));
        break;
      case DROP:
        if (stack.isVector()) {
          drop();
        }
        drop();
        break;
      case SELECT:
      case SELECT_T:
        select();
        break;
      case LOCAL_GET:
        getLocal((int) ins.operand(0));
        break;
      case LOCAL_SET:
        setLocal((int) ins.operand(0));
        break;
      case LOCAL_TEE:
        setLocal((int) ins.operand(0));
        getLocal((int) ins.operand(0));
        break;
      case GLOBAL_GET:
        getGlobal((int) ins.operand(0));
        break;
      case GLOBAL_SET:
        setGlobal((int) ins.operand(0));
        break;
      case I32_CONST:
      case REF_FUNC:
        stack.push(Node.constant('I', ins.operand(0)));
        break;
      case I64_CONST:
        stack.push(Node.constant('J', ins.operand(0)));
        break;
      case F32_CONST:
        stack.push(Node.constant('F', ins.operand(0)));
        break;
      case F64_CONST:
        stack.push(Node.constant('D', ins.operand(0)));
        break;
      case REF_NULL:
        char type = ValueTypes.jvm((byte) ins.operand(0));
        stack.push(Node.constant(type, Value.REF_NULL_VALUE));
        break;
      case REF_IS_NULL:
        if (stack.at(stack.height() - 1).type == 'E') {
          stack.push(exceptions.isNull(stack.pop()));
          break;
        }
        stack.push(Node.constant('I', Value.REF_NULL_VALUE));
        numeric(OpCode.I32_EQ, "III");
        break;
      default:
        decodeMemory(ins);
    }
  }

  private void decodeMemory(Instruction ins) {
    OpCode op = ins.opcode();
    int code = op.opcode();
    if (code >= OpCode.I32_LOAD.opcode() && code <= OpCode.I64_LOAD32_U.opcode()) {
      accesses.load(op, ins.operand(1));
      return;
    }
    if (code >= OpCode.I32_STORE.opcode() && code <= OpCode.I64_STORE32.opcode()) {
      accesses.store(op, ins.operand(1));
      return;
    }
    AtomicOperator atomic = AtomicOperator.of(op);
    if (atomic != null) {
      atomics.decode(ins, atomic);
      return;
    }
    helper(BulkHelpers.of(ins));
  }
}
