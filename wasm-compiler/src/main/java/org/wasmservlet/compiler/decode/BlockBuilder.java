package org.wasmservlet.compiler.decode;

import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Variables;

/** The basic blocks of a function while it is decoded: statements go to the current one. */
final class BlockBuilder {
  private static final int MOST_OPERAND_BYTES = 2_000;

  final Variables variables;
  final OperandStack stack;
  private final List<Block> blocks = new ArrayList<>();

  /** Null where code is never reached. */
  private Block current;

  /** Where an exception goes that a call lets out; null for out of the function. */
  private Block landing;

  private boolean catches;

  BlockBuilder(Variables variables) {
    this.variables = variables;
    this.stack = new OperandStack(variables);
  }

  List<Block> blocks() {
    return blocks;
  }

  boolean isReached() {
    return current != null;
  }

  /** What follows is never reached. */
  void leave() {
    current = null;
  }

  /** Goes on with a block. */
  void place(Block block) {
    placeFilled(block);
    current = block;
    stack.into(block.statements);
  }

  void add(Node statement) {
    current.statements.add(statement);
  }

  /** Adds a statement that may do more than compute. */
  void effect(Node statement) {
    stack.before(statement.effects);
    add(statement);
  }

  /** Writes a variable. */
  void set(int variable, Node value) {
    stack.before(value.effects);
    stack.beforeSet(variable);
    add(Node.set(variable, value));
  }

  void terminate(Node end, Block... targets) {
    current.end = end;
    current.targets = targets;
    for (Block target : targets) {
      target.reached = true;
    }
    current = null;
  }

  /** Ends the block with a trap. */
  void trap() {
    stack.flushEffects();
    terminate(Node.statement(Node.Kind.UNREACHABLE, 4));
  }

  Block landing() {
    return landing;
  }

  void landing(Block block) {
    landing = block;
  }

  /** Whether an exception may go on in the function. */
  boolean catches() {
    return catches;
  }

  /** Ends the block after its last statement, out of which an exception may come. */
  void terminateTry(Block next) {
    catches = true;
    terminate(Node.statement(Node.Kind.TRY, 10), next, landing);
  }

  void jump(Block target) {
    terminate(Node.statement(Node.Kind.GOTO, 3), target);
  }

  /** Makes an edge: a block that is placed later. */
  void into(Block edge, Runnable statements) {
    Block interrupted = current;
    current = edge;
    statements.run();
    current = interrupted;
  }

  /** Gives a block that {@link #into} filled its place. */
  void placeFilled(Block block) {
    block.id = blocks.size();
    block.reached = true;
    blocks.add(block);
  }

  Node[] operands(int count) {
    int bytes = 0;
    for (int i = 1; i <= count; i++) {
      bytes += stack.at(stack.height() - i).size;
    }
    if (bytes > MOST_OPERAND_BYTES) {
      // A statement is never cut: so many operands, each as large as it may be, are too much.
      stack.flush();
    }
    Node[] in = new Node[count];
    for (int i = count - 1; i >= 0; i--) {
      in[i] = stack.pop();
    }
    return in;
  }
}
