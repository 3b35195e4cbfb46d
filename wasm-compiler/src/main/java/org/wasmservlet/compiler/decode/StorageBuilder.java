package org.wasmservlet.compiler.decode;

import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;

/** Decodes reads and writes of locals and globals. */
final class StorageBuilder {
  private final ModuleShape shape;
  private final BlockBuilder code;
  private final OperandStack stack;
  private final Locals locals;

  StorageBuilder(ModuleShape shape, BlockBuilder code, Locals locals) {
    this.shape = shape;
    this.code = code;
    this.stack = code.stack;
    this.locals = locals;
  }

  void setLocal(int local) {
    int variable = locals.variable(local);
    if (locals.isVector(local)) {
      code.set(variable + 1, stack.pop());
    }
    code.set(variable, stack.pop());
  }

  void getLocal(int local) {
    int variable = locals.variable(local);
    Node value = Node.get(code.variables.type(variable), variable);
    if (locals.isVector(local)) {
      stack.pushVector(value, Node.get('J', variable + 1));
    } else {
      stack.push(value);
    }
  }

  void teeLocal(int local) {
    setLocal(local);
    getLocal(local);
  }

  void getGlobal(int index) {
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

  void setGlobal(int index) {
    if (shape.vectorGlobals.get(index)) {
      code.effect(Node.globalSet(index, 1, stack.pop()));
    }
    code.effect(Node.globalSet(index, 0, stack.pop()));
  }
}
