package org.wasmservlet.compiler.decode;

import java.util.Arrays;
import java.util.List;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.ValueTypes;
import org.wasmservlet.compiler.ir.Variables;

/**
 * The operands while a body is decoded: trees that are not emitted yet. Every depth and type has a
 * variable of its own, its place, to which an operand goes when its tree has to be emitted before
 * it is consumed. An operand is canonical if it is a read of its own place.
 *
 * <p>A tree at depth d reads no place below d. So trees may be flushed in ascending order, and the
 * operands of an instruction may be emitted after everything below them has been.
 */
final class OperandStack {
  /** Bounds the work of looking through the operands at every statement. */
  private static final int MOST_PENDING = 96;

  /** Bounds the size of a statement. */
  private static final int MOST_NODES = 60;

  private final Variables variables;
  private List<Node> statements;
  private Node[] operands = new Node[32];

  /** Whether an operand is the high half of a vector; what is below is the low one. */
  private boolean[] high = new boolean[32];

  private int height;

  /** Operands below this are canonical. */
  private int canonical;

  OperandStack(Variables variables) {
    this.variables = variables;
  }

  /** Where flushed operands go. */
  void into(List<Node> statements) {
    this.statements = statements;
  }

  int height() {
    return height;
  }

  Node at(int depth) {
    return operands[depth];
  }

  /** Forgets all operands from a depth on. */
  void truncate(int to) {
    height = to;
    canonical = Math.min(canonical, to);
  }

  void push(Node node) {
    if (height == operands.length) {
      operands = Arrays.copyOf(operands, 2 * height);
      high = Arrays.copyOf(high, 2 * height);
    }
    high[height] = false;
    operands[height++] = node;
    if (node.nodes > MOST_NODES) {
      flush();
    } else if (height - canonical > MOST_PENDING) {
      canonize();
    }
  }

  /** Pushes the halves of a vector; that of the high one reads no place of the low one. */
  void pushVector(Node low, Node upper) {
    push(low);
    push(upper);
    high[height - 1] = true;
  }

  /** Whether the uppermost two operands are the halves of a vector. */
  boolean isVector() {
    return isVectorAt(height - 1);
  }

  /** Whether an operand is the high half of a vector. */
  boolean isVectorAt(int depth) {
    return high[depth];
  }

  /** Pushes reads of the places themselves. */
  void pushPlaces(byte[] types) {
    for (byte type : types) {
      Node value = place(type);
      if (type == ValueTypes.V128) {
        pushVector(value, Node.get('J', variables.place(height + 1, 'J')));
      } else {
        push(value);
      }
    }
  }

  /** A read of the place of the next operand. */
  private Node place(byte type) {
    char jvm = ValueTypes.jvm(type);
    return Node.get(jvm, variables.place(height, jvm));
  }

  /**
   * Makes an operand one that may be read twice, also by the high half of a vector that begins at
   * its depth.
   *
   * @return the operand, which stays where it is
   */
  Node share(int depth) {
    Node node = operands[depth];
    if (node.kind == Node.Kind.CONST
        || node.kind == Node.Kind.GET && node.index != variables.place(depth, node.type)) {
      return node;
    }
    if (node.effects != 0) {
      flush();
    }
    return toTemporary(depth);
  }

  /** Makes an operand one that may be pushed at another depth: no read of its place. */
  void free(int depth) {
    Node node = operands[depth];
    if (node.kind == Node.Kind.GET && node.index == variables.place(depth, node.type)) {
      toTemporary(depth);
    }
  }

  private Node toTemporary(int depth) {
    int temporary = variables.temporary(operands[depth].type);
    beforeSet(temporary);
    statements.add(Node.set(temporary, operands[depth]));
    operands[depth] = Node.get(operands[depth].type, temporary);
    canonical = Math.min(canonical, depth);
    return operands[depth];
  }

  Node pop() {
    Node node = operands[--height];
    canonical = Math.min(canonical, height);
    return node;
  }

  int place(int depth, char type) {
    return variables.place(depth, type);
  }

  private void toPlace(int depth) {
    Node node = operands[depth];
    int place = variables.place(depth, node.type);
    if (node.kind != Node.Kind.GET || node.index != place) {
      statements.add(Node.set(place, node));
      operands[depth] = Node.get(node.type, place);
    }
  }

  /** Emits all trees but plain reads and constants. */
  void flush() {
    for (int i = canonical; i < height; i++) {
      if (!operands[i].isLeaf()) {
        toPlace(i);
      }
    }
  }

  /** Emits all trees if any does more than compute. */
  void flushEffects() {
    flushEffectsBelow(0);
  }

  /** The same, but the uppermost operands do not count. */
  void flushEffectsBelow(int uppermost) {
    for (int i = canonical; i < height - uppermost; i++) {
      if (operands[i].effects != 0) {
        flush();
        return;
      }
    }
  }

  /** An operand is not used any more; whether it can be computed has to be seen all the same. */
  void discard(int depth) {
    if (operands[depth].effects != 0) {
      flush();
    }
  }

  /** Brings every operand to its place. */
  void canonize() {
    for (int i = canonical; i < height; i++) {
      toPlace(i);
    }
    canonical = height;
  }

  /** Emits what must come before a statement with the given effects. */
  void before(int effects) {
    if (effects == 0) {
      return;
    }
    for (int i = canonical; i < height; i++) {
      if (conflict(operands[i].effects, effects)) {
        flush();
        return;
      }
    }
  }

  /** Emits what must come before a variable changes. */
  void beforeSet(int variable) {
    for (int i = canonical; i < height; i++) {
      Node node = operands[i];
      if (node.kind == Node.Kind.GET) {
        if (node.index == variable && variable != variables.place(i, node.type)) {
          // Trees below may still read the place.
          flush();
          toPlace(i);
        }
      } else if (node.reads(variable)) {
        flush();
        beforeSet(variable);
        return;
      }
    }
  }

  private static boolean conflict(int a, int b) {
    if (a == 0 || b == 0) {
      return false;
    }
    return ((a | b) & (Node.WRITES | Node.TRAPS)) != 0;
  }
}
