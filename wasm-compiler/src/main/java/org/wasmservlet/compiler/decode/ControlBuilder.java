package org.wasmservlet.compiler.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.Node;

/** Decodes structured control: what is open, and branches out of it. */
final class ControlBuilder {
  private final BlockBuilder code;
  private final OperandStack stack;
  private final CallBuilder calls;
  private final List<Control> controls = new ArrayList<>();

  ControlBuilder(BlockBuilder code, CallBuilder calls, BlockType function) {
    this.code = code;
    this.stack = code.stack;
    this.calls = calls;
    controls.add(new Control(Control.Kind.FUNCTION, false, 0, function, new Block(), null));
  }

  /** Passes by an instruction that is never reached. */
  void skip(Instruction ins) {
    if (ins.vector() != null) {
      return;
    }
    switch (ins.opcode()) {
      case BLOCK:
      case LOOP:
      case IF:
        controls.add(new Control(Control.Kind.BLOCK, true, 0, BlockType.EMPTY, null, null));
        break;
      case ELSE:
        Control top = controls.get(controls.size() - 1);
        if (!top.dead) {
          otherwise(top);
        }
        break;
      case END:
        end();
        break;
      default:
    }
  }

  void openBlock(Instruction ins) {
    stack.canonize();
    enter(Control.Kind.BLOCK, ins, new Block(), null);
  }

  void openLoop(Instruction ins) {
    stack.canonize();
    Block header = new Block();
    code.jump(header);
    code.place(header);
    code.add(Node.check());
    enter(Control.Kind.LOOP, ins, header, null);
  }

  void openIf(Instruction ins) {
    Node condition = stack.pop();
    stack.canonize();
    Block then = new Block();
    Block otherwise = new Block();
    enter(Control.Kind.IF, ins, new Block(), otherwise);
    code.terminate(Node.statement(Node.Kind.IF, 3, condition), then, otherwise);
    code.place(then);
  }

  private void enter(Control.Kind kind, Instruction ins, Block label, Block otherwise) {
    BlockType type = ins.block();
    int height = stack.height() - type.jvmParams().length();
    controls.add(new Control(kind, false, height, type, label, otherwise));
  }

  void otherwise() {
    otherwise(controls.get(controls.size() - 1));
  }

  private void otherwise(Control control) {
    if (code.isReached()) {
      stack.canonize();
      code.jump(control.label);
    }
    control.kind = Control.Kind.ELSE;
    code.place(control.otherwise);
    stack.truncate(control.height);
    stack.pushPlaces(control.type.params());
  }

  void end() {
    Control control = controls.remove(controls.size() - 1);
    if (control.dead) {
      return;
    }
    if (control.kind == Control.Kind.FUNCTION) {
      if (code.isReached()) {
        calls.giveBack();
      }
      if (control.label.reached) {
        // Branches to the function's own label brought the results to the lowest places.
        code.place(control.label);
        stack.truncate(0);
        stack.pushPlaces(control.type.results());
        calls.giveBack();
      }
      return;
    }
    if (control.kind == Control.Kind.LOOP) {
      // Its label is its beginning: the end is reached by falling through alone.
      return;
    }
    if (code.isReached()) {
      stack.canonize();
      code.jump(control.label);
    }
    if (control.kind == Control.Kind.IF) {
      // No else: parameters are results.
      code.place(control.otherwise);
      code.jump(control.label);
    }
    if (control.label.reached) {
      code.place(control.label);
      stack.truncate(control.height);
      stack.pushPlaces(control.type.results());
    }
  }

  private Control target(long depth) {
    return controls.get(controls.size() - 1 - (int) depth);
  }

  /** Brings the operands that a branch carries to the places its target expects them in. */
  private void move(Control target) {
    String carried = target.carried();
    int from = stack.height() - carried.length();
    for (int i = 0; i < carried.length(); i++) {
      Node value = stack.at(from + i);
      int place = stack.place(target.height + i, carried.charAt(i));
      if (value.kind != Node.Kind.GET || value.index != place) {
        code.add(Node.set(place, value));
      }
    }
  }

  private boolean moves(Control target) {
    return !target.carried().isEmpty()
        && stack.height() - target.carried().length() != target.height;
  }

  /** A block that moves operands on the way to a target; the target itself if there are none. */
  private Block edge(Control target, List<Block> edges) {
    if (!moves(target)) {
      return target.label;
    }
    Block edge = new Block();
    code.into(edge, () -> move(target));
    edge.end = Node.statement(Node.Kind.GOTO, 3);
    edge.targets = new Block[] {target.label};
    target.label.reached = true;
    edges.add(edge);
    return edge;
  }

  private void placeAll(List<Block> edges) {
    edges.forEach(code::placeFilled);
  }

  void branch(Instruction ins) {
    Control target = target(ins.operand(0));
    stack.flushEffectsBelow(target.carried().length());
    if (target.kind == Control.Kind.FUNCTION) {
      calls.giveBack();
      return;
    }
    move(target);
    code.jump(target.label);
  }

  void branchIf(Instruction ins) {
    Control target = target(ins.operand(0));
    Node condition = stack.pop();
    if (target.carried().isEmpty()) {
      stack.flushEffects();
    } else {
      stack.canonize();
    }
    List<Block> edges = new ArrayList<>();
    Block taken = edge(target, edges);
    Block next = new Block();
    code.terminate(Node.statement(Node.Kind.IF, 3, condition), taken, next);
    placeAll(edges);
    code.place(next);
  }

  void branchTable(Instruction ins) {
    Node index = stack.pop();
    stack.canonize();
    Map<Control, Block> known = new HashMap<>();
    List<Block> edges = new ArrayList<>();
    Block[] targets = new Block[ins.operandCount()];
    for (int i = 0; i < targets.length; i++) {
      Control control = target(ins.operand(i));
      Block target = known.get(control);
      if (target == null) {
        target = edge(control, edges);
        known.put(control, target);
      }
      targets[i] = target;
    }
    if (targets.length == 1) {
      code.add(Node.statement(Node.Kind.DROP, 1, index));
      code.jump(targets[0]);
    } else {
      code.terminate(Node.statement(Node.Kind.SWITCH, 16, index), targets);
    }
    placeAll(edges);
    code.leave();
  }
}
