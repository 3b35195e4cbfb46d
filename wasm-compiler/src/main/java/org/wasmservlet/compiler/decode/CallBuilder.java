package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.Value;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Form;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Signature;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.Variables;

/** Decodes calls of every kind, and returns. */
final class CallBuilder {
  private final ModuleShape shape;
  private final int function;
  private final Signature signature;
  private final Locals locals;
  private final BlockBuilder code;
  private final Form form;
  private final Variables variables;
  private final OperandStack stack;

  /** Where a tail call of the function itself goes; null as long as it has no place. */
  private Block start;

  private boolean needsStart;

  private int argumentsVariable = -1;
  private int resultsVariable = -1;
  private boolean calls;

  /** How many calls there were, those not counted that are never reached. */
  private int sites;

  private boolean tailCalls;

  CallBuilder(ModuleShape shape, int function, Locals locals, BlockBuilder code, Form form) {
    this.shape = shape;
    this.function = function;
    this.signature = shape.signature(function);
    this.locals = locals;
    this.code = code;
    this.form = form;
    this.variables = code.variables;
    this.stack = code.stack;
  }

  /** Makes the place where tail calls of the function itself go. */
  void placeStart() {
    start = new Block();
    code.jump(start);
    code.place(start);
    code.add(Node.check());
  }

  /** Whether there was a tail call of the function itself, and no place for it to go to. */
  boolean needsStart() {
    return needsStart;
  }

  /** Whether the function calls anything. */
  boolean calls() {
    return calls;
  }

  /** Whether it leaves tail calls to its caller. */
  boolean tailCalls() {
    return tailCalls;
  }

  private int arguments() {
    if (argumentsVariable < 0) {
      argumentsVariable = variables.add('A');
    }
    return argumentsVariable;
  }

  private int results() {
    if (resultsVariable < 0) {
      resultsVariable = variables.add('A');
    }
    return resultsVariable;
  }

  /** Statements that put the uppermost operands in an array. */
  private void pack(int variable, int count) {
    int from = stack.height() - count;
    code.add(Node.set(variable, new Node(Node.Kind.NEW_ARRAY, null, 'A', count, 0, null, 0, 5)));
    for (int i = 0; i < count; i++) {
      Node value = stack.at(from + i);
      code.add(
          new Node(
              Node.Kind.ARRAY_SET, null, 'V', i, 0, null, 0, 9, Node.get('A', variable), value));
    }
  }

  void giveBack() {
    String types = signature.results;
    stack.flushEffectsBelow(types.length());
    if (types.isEmpty()) {
      code.terminate(Node.statement(Node.Kind.RETURN, 1));
    } else if (types.length() == 1) {
      code.terminate(Node.statement(Node.Kind.RETURN, 1, stack.pop()));
    } else {
      stack.canonize();
      pack(results(), types.length());
      code.terminate(Node.statement(Node.Kind.RETURN, 1, Node.get('A', results())));
    }
  }

  /** The arguments of a call, as they are passed. */
  private Node[] passed(Signature callee) {
    int count = callee.params.length();
    if (!callee.array) {
      return code.operands(count);
    }
    return new Node[] {packed(count)};
  }

  private void called(Node call, Signature callee) {
    calls = true;
    int site = sites++;
    if (code.landing() != null) {
      endBlock(call, callee, new Block());
    } else if (form.cuts(site)) {
      Block next = new Block();
      next.site = site;
      endBlock(call, callee, next);
    } else if (callee.results.isEmpty()) {
      code.effect(call);
    } else if (callee.results.length() == 1) {
      stack.push(call);
    } else {
      stack.flush();
      unpack(call, callee.block.results());
    }
  }

  /** Pushes what is in an array; every operand is in its place. */
  void unpack(Node values, byte[] types) {
    code.add(Node.set(results(), values));
    unpack(types);
  }

  /** Pushes what is in the array of results. */
  private void unpack(byte[] types) {
    Node array = Node.get('A', results());
    String jvm = ValueTypes.jvm(types);
    for (int i = 0; i < jvm.length(); i++) {
      char type = jvm.charAt(i);
      int place = stack.place(stack.height() + i, type);
      code.add(Node.set(place, Node.arrayGet(array, i, type)));
    }
    stack.pushPlaces(types);
  }

  /** The call ends its block, with everything that outlives it in variables. */
  private void endBlock(Node call, Signature callee, Block next) {
    stack.canonize();
    String results = callee.results;
    if (results.isEmpty()) {
      code.add(call);
    } else {
      int variable =
          results.length() == 1 ? stack.place(stack.height(), results.charAt(0)) : results();
      code.add(Node.set(variable, call));
      next.resultVariable = next.site >= 0 ? variable : -1;
    }
    if (code.landing() != null) {
      code.terminateTry(next);
    } else {
      code.jump(next);
    }
    code.place(next);
    if (results.length() == 1) {
      stack.pushPlaces(callee.block.results());
    } else if (results.length() > 1) {
      unpack(callee.block.results());
    }
  }

  /** Takes the uppermost operands into an array. */
  Node packed(int count) {
    stack.canonize();
    pack(arguments(), count);
    stack.truncate(stack.height() - count);
    return Node.get('A', arguments());
  }

  void call(int callee) {
    Signature type = shape.signature(callee);
    Node[] args = passed(type);
    int size = 4 + 2 * args.length;
    called(
        new Node(Node.Kind.CALL, null, type.resultType(), callee, 0, null, Node.WRITES, size, args),
        type);
  }

  void callIndirect(int typeIndex, int table) {
    Signature type = shape.typeSignature(typeIndex);
    Node index = stack.pop();
    boolean plain = !type.array;
    for (int i = 1; plain && i <= type.params.length(); i++) {
      plain = stack.at(stack.height() - i).effects == 0;
    }
    if (!plain) {
      // The target is looked up before the arguments are pushed: they must be computed by then.
      stack.flush();
    }
    Node[] args = passed(type);
    Node[] in = new Node[args.length + 1];
    in[0] = index;
    System.arraycopy(args, 0, in, 1, args.length);
    called(
        new Node(
            Node.Kind.CALL_INDIRECT,
            null,
            type.resultType(),
            type.number,
            table,
            null,
            Node.WRITES,
            18,
            in),
        type);
  }

  void tailCall(int callee) {
    Signature type = shape.signature(callee);
    if (callee == function) {
      if (start == null) {
        needsStart = true;
        code.terminate(Node.statement(Node.Kind.UNREACHABLE, 4));
        return;
      }
      stack.canonize();
      int from = stack.height() - type.params.length();
      for (int i = 0; i < type.params.length(); i++) {
        code.add(Node.set(i, stack.at(from + i)));
      }
      // The other locals start anew.
      for (int local = type.block.params().length; local < locals.count(); local++) {
        boolean reference = ValueTypes.isReference(locals.type(local));
        begin(locals.variable(local), reference ? Value.REF_NULL_VALUE : 0);
        if (locals.isVector(local)) {
          begin(locals.variable(local) + 1, 0);
        }
      }
      code.jump(start);
      return;
    }
    stack.canonize();
    pack(arguments(), type.params.length());
    leave("tail", new int[] {callee}, "A", Node.get('A', arguments()));
  }

  private void begin(int variable, long bits) {
    code.add(Node.set(variable, Node.constant(variables.type(variable), bits)));
  }

  void tailCallIndirect(int typeIndex, int table) {
    Signature type = shape.typeSignature(typeIndex);
    Node index = stack.pop();
    stack.canonize();
    pack(arguments(), type.params.length());
    leave("tailIndirect", new int[] {table, type.number}, "AI", Node.get('A', arguments()), index);
  }

  private void leave(String name, int[] constants, String operands, Node... in) {
    calls = true;
    tailCalls = true;
    Helper helper =
        new Helper(Helper.RUNTIME + "Calls", name, operands, 'V', constants, Node.WRITES);
    code.add(new Node(Node.Kind.HELPER, null, 'V', 0, 0, helper, Node.WRITES, 12, in));
    // Whoever called takes over: what is returned here does not matter.
    char result = signature.resultType();
    if (result == 'V') {
      code.terminate(Node.statement(Node.Kind.RETURN, 1));
    } else if (result == 'A') {
      Node none = new Node(Node.Kind.NEW_ARRAY, null, 'A', 0, 0, null, 0, 5);
      code.terminate(Node.statement(Node.Kind.RETURN, 1, none));
    } else {
      code.terminate(Node.statement(Node.Kind.RETURN, 1, Node.constant(result, 0)));
    }
  }
}
