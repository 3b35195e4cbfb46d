package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.Value;
import org.wasmservlet.compiler.code.Body;
import org.wasmservlet.compiler.code.Code;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Form;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Signature;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.Variables;

/** Decodes a body to basic blocks of trees, while it is read. */
public final class FunctionBuilder {
  final BlockBuilder code;
  final CallBuilder calls;
  final ExceptionBuilder exceptions;
  final ControlBuilder controls;
  final AccessBuilder accesses;
  final AtomicBuilder atomics;
  final VectorBuilder vectors;
  final StorageBuilder storage;
  final ValueBuilder values;
  private final int function;
  private final Form form;
  private final Signature signature;
  private final Body body;
  private final Variables variables;
  private final Locals locals;
  private final int argumentArray;

  private FunctionBuilder(ModuleShape shape, Code bodies, int function, Form form) {
    this.function = function;
    this.form = form;
    this.signature = shape.signature(function);
    this.body = bodies.body(function - shape.importedFunctions);
    this.variables = new Variables(signature.params + ValueTypes.jvm(body.locals()));
    this.code = new BlockBuilder(variables);
    this.locals = new Locals(signature.block.params(), body.locals());
    this.calls = new CallBuilder(shape, function, locals, code, form);
    this.exceptions = new ExceptionBuilder(shape, code, calls);
    this.controls = new ControlBuilder(shape, code, calls, exceptions, signature.block);
    this.accesses = new AccessBuilder(shape, code);
    this.atomics = new AtomicBuilder(code, accesses);
    this.vectors = new VectorBuilder(code, accesses);
    this.storage = new StorageBuilder(shape, code, locals);
    this.values = new ValueBuilder(code, vectors, exceptions);
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

  private void decode(Instruction ins) {
    if (ins.vector() != null) {
      vectors.decode(ins);
      return;
    }
    if (ins.legacy() != null) {
      controls.legacy(ins);
      return;
    }
    Steps.of(ins.opcode()).decode(this, ins);
  }
}
