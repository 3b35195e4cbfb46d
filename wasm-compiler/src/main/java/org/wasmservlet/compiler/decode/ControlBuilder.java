package org.wasmservlet.compiler.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.compiler.code.Clause;
import org.wasmservlet.compiler.code.Instruction;
import org.wasmservlet.compiler.code.LegacyOperator;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.BlockType;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;

/** Decodes structured control: what is open, and branches out of it. */
final class ControlBuilder {
  private static final byte[] NONE = {};

  private final ModuleShape shape;
  private final BlockBuilder code;
  private final OperandStack stack;
  private final CallBuilder calls;
  private final ExceptionBuilder exceptions;
  private final List<Control> controls = new ArrayList<>();

  ControlBuilder(
      ModuleShape shape,
      BlockBuilder code,
      CallBuilder calls,
      ExceptionBuilder exceptions,
      BlockType function) {
    this.shape = shape;
    this.exceptions = exceptions;
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
    if (ins.legacy() != null) {
      skipLegacy(ins);
      return;
    }
    switch (ins.opcode()) {
      case BLOCK:
      case LOOP:
      case IF:
      case TRY_TABLE:
        controls.add(new Control(Control.Kind.BLOCK, true, 0, BlockType.EMPTY, null, null));
        break;
      case ELSE:
        if (!top().dead) {
          otherwise(top());
        }
        break;
      case END:
        end();
        break;
      default:
    }
  }

  private void skipLegacy(Instruction ins) {
    boolean dead = top().dead;
    switch (ins.legacy()) {
      case TRY ->
          controls.add(new Control(Control.Kind.BLOCK, true, 0, BlockType.EMPTY, null, null));
      case CATCH, CATCH_ALL -> {
        if (!dead) {
          handle(ins);
        }
      }
      case DELEGATE -> {
        if (dead) {
          controls.remove(controls.size() - 1);
        } else {
          delegate(ins.operand(0));
        }
      }
      default -> {}
    }
  }

  private Control top() {
    return controls.get(controls.size() - 1);
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
    top().landing = code.landing();
  }

  void otherwise() {
    otherwise(top());
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
      code.landing(top().landing);
      return;
    }
    if (code.isReached()) {
      stack.canonize();
      code.jump(control.label);
    }
    code.landing(top().landing);
    if (control.clauses != null && control.landing.reached) {
      dispatch(control);
    }
    if (control.uncaught != null && control.uncaught.reached) {
      land(control.uncaught, control);
      exceptions.raiseAgain();
    }
    if (control.kind == Control.Kind.IF) {
      // No else: parameters are results.
      code.place(control.otherwise);
      code.jump(control.label);
    }
    close(control);
  }

  private void close(Control control) {
    if (control.label.reached) {
      code.place(control.label);
      stack.truncate(control.height);
      stack.pushPlaces(control.type.results());
    }
  }

  // Exceptions

  private void openLanding(Control.Kind kind, Instruction ins) {
    stack.canonize();
    enter(kind, ins, new Block(), null);
    top().landing = new Block();
    code.landing(top().landing);
  }

  void openTryTable(Instruction ins) {
    openLanding(Control.Kind.BLOCK, ins);
    top().clauses = List.copyOf(ins.clauses());
  }

  private void land(Block landing, Control control) {
    code.place(landing);
    stack.truncate(control.height);
  }

  /** Compares what has been thrown with the clauses, outside of their instruction. */
  private void dispatch(Control control) {
    land(control.landing, control);
    for (Clause clause : control.clauses) {
      if (clause.tag() == Clause.ALL) {
        take(clause, NONE);
        return;
      }
      Block next = ifCaught(clause.tag());
      take(clause, shape.tags.get(clause.tag()).params());
      land(next, control);
    }
    exceptions.raiseAgain();
  }

  /** Goes on only with exceptions of a tag; others go to the block that is returned. */
  private Block ifCaught(int tag) {
    Block yes = new Block();
    Block no = new Block();
    code.terminate(Node.statement(Node.Kind.IF, 3, exceptions.catches(tag)), yes, no);
    code.place(yes);
    return no;
  }

  private void take(Clause clause, byte[] types) {
    exceptions.pushArguments(types);
    if (clause.reference()) {
      exceptions.pushReference();
    }
    branch(clause.label());
  }

  void legacy(Instruction ins) {
    switch (ins.legacy()) {
      case TRY -> {
        openLanding(Control.Kind.TRY, ins);
        top().uncaught = top().landing;
      }
      case CATCH, CATCH_ALL -> handle(ins);
      case DELEGATE -> delegate(ins.operand(0));
      case RETHROW -> exceptions.raise(Node.get('E', target(ins.operand(0)).caught));
    }
  }

  /** Begins what handles exceptions of a tag, or all that are left. */
  private void handle(Instruction ins) {
    Control control = top();
    if (code.isReached()) {
      stack.canonize();
      code.jump(control.label);
    }
    control.kind = Control.Kind.CATCH;
    control.landing = controls.get(controls.size() - 2).landing;
    code.landing(control.landing);
    if (!control.uncaught.reached) {
      // Nothing in it throws.
      return;
    }
    land(control.uncaught, control);
    byte[] types = NONE;
    if (ins.legacy() == LegacyOperator.CATCH) {
      int tag = (int) ins.operand(0);
      control.uncaught = ifCaught(tag);
      types = shape.tags.get(tag).params();
    } else {
      control.uncaught = null;
    }
    control.caught = code.variables.add('E');
    code.add(Node.set(control.caught, exceptions.caught()));
    exceptions.pushArguments(types);
  }

  /** Ends a block whose exceptions go where those of an outer one do. */
  private void delegate(long label) {
    Control control = controls.remove(controls.size() - 1);
    if (code.isReached()) {
      stack.canonize();
      code.jump(control.label);
    }
    Block landing = target(label).landing;
    if (control.landing.reached) {
      land(control.landing, control);
      code.landing(null);
      if (landing == null) {
        exceptions.raiseAgain();
      } else {
        code.jump(landing);
      }
    }
    code.landing(top().landing);
    close(control);
  }

  // Branches

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

  void branch(long label) {
    Control target = target(label);
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
