package org.wasmservlet.compiler.plan;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import java.util.List;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.Numerics;
import org.wasmservlet.compiler.ir.Variables;

/**
 * Replaces loads of what the function has just stored, or loaded, at the same address. Programs
 * that were compiled without much optimization keep every variable in linear memory, and HotSpot
 * finds none of this: to it, memory is bytes of an array, accessed as something else.
 *
 * <p>An address is known again by its base, the same value, and its offset. A store makes all
 * values at other bases unknown, for it may overlap them, a call everything. What is known at the
 * end of all blocks from which one is reached is known there, if they are before it, and in the
 * same chunk: a value of another chunk would cost as much as the load.
 */
final class LoadElimination {
  private final FunctionIr function;
  private final List<Block> blocks;

  /** By block: the chunk that it is in. */
  private final int[] chunks;

  /** The blocks at which nothing can be known: not all ways there come from above in the chunk. */
  private final boolean[] anew;

  /** By block: what is known where all blocks end that have been seen and lead to it. */
  private final AvailableValues[] known;

  /** By block: the one that began to know what is handed on to it. */
  private final int[] roots;

  private AvailableValues now;
  private int block;
  private long numbers = AvailableValues.CONSTANT_BASE;

  // By access: loads and stores have numbers, in the order in which they are emitted.

  private int accesses;

  /** The access whose value a load reads, or -1. */
  private int[] source = new int[64];

  /** The variable that has the value where the load is, or -1. */
  private int[] holder = new int[64];

  /** Whether a load reads fewer bits than the value has that was stored. */
  private boolean[] narrowed = new boolean[64];

  /** How many loads read the value from a variable of its own. */
  private int[] readers = new int[64];

  /** A value that is a constant, or null. */
  private Node[] constants = new Node[64];

  /** The block that it is in. */
  private int[] places = new int[64];

  private char[] types = new char[64];

  private boolean found;

  /** By access: the variable for its value. */
  private int[] variableOf;

  private LoadElimination(FunctionIr function, int[] starts) {
    this.function = function;
    this.blocks = function.blocks();
    this.chunks = new int[blocks.size()];
    this.anew = new boolean[blocks.size()];
    this.known = new AvailableValues[blocks.size()];
    this.roots = new int[blocks.size()];
    for (int c = 0; c + 1 < starts.length; c++) {
      Arrays.fill(chunks, starts[c], starts[c + 1], c);
    }
    for (Block block : blocks) {
      for (Block target : block.targets) {
        anew[target.id] |= !handsOn(block, target);
      }
    }
  }

  private boolean handsOn(Block from, Block to) {
    return to.id > from.id
        && chunks[to.id] == chunks[from.id]
        && from.targets.length <= ChunkPlan.MOST_EXITS;
  }

  /**
   * Rewrites the blocks.
   *
   * @param starts first block of every chunk, and the number of blocks
   * @return the function, with variables for the values
   */
  static FunctionIr in(FunctionIr function, int[] starts) {
    LoadElimination pass = new LoadElimination(function, starts);
    pass.find();
    return pass.found ? pass.rewrite() : function;
  }

  // Finding

  private void find() {
    for (block = 0; block < blocks.size(); block++) {
      Block current = blocks.get(block);
      now = known[block];
      known[block] = null;
      if (now == null) {
        now = new AvailableValues();
        roots[block] = block;
      }
      for (Node statement : current.statements) {
        visit(statement);
      }
      visit(current.end);
      int last = current.targets.length - 1;
      for (int i = 0; i <= last; i++) {
        if (!anew[current.targets[i].id]) {
          handOn(current.targets[i], i == last);
        }
      }
    }
  }

  private void handOn(Block target, boolean last) {
    if (known[target.id] == null) {
      // Nobody needs it any more after the last one.
      known[target.id] = last ? now : now.copy();
      roots[target.id] = roots[block];
    } else if (roots[target.id] == roots[block]) {
      known[target.id].meet(now);
    } else {
      // They know nothing in common.
      known[target.id] = new AvailableValues();
      roots[target.id] = target.id;
    }
  }

  /** The number of the node's value; -1 for one that no other can be known to equal. */
  private long visit(Node node) {
    switch (node.kind) {
      case GET:
        long number = now.valueOf(node.index);
        if (number < 0) {
          number = ++numbers;
          now.set(node.index, number);
        }
        return number;
      case SET:
        now.set(node.index, known(visit(node.in[0])));
        return -1;
      case LOAD:
        return load(node);
      case STORE:
        store(node);
        return -1;
      default:
        for (Node operand : node.in) {
          visit(operand);
        }
        if (node.kind == Node.Kind.CALL
            || node.kind == Node.Kind.CALL_INDIRECT
            || node.kind == Node.Kind.HELPER) {
          now.forgetMemory();
        }
        return -1;
    }
  }

  private long known(long number) {
    return number < 0 ? ++numbers : number;
  }

  private int access(char type) {
    if (accesses == source.length) {
      source = Arrays.copyOf(source, 2 * accesses);
      holder = Arrays.copyOf(holder, 2 * accesses);
      narrowed = Arrays.copyOf(narrowed, 2 * accesses);
      readers = Arrays.copyOf(readers, 2 * accesses);
      constants = Arrays.copyOf(constants, 2 * accesses);
      places = Arrays.copyOf(places, 2 * accesses);
      types = Arrays.copyOf(types, 2 * accesses);
    }
    source[accesses] = -1;
    places[accesses] = block;
    types[accesses] = type;
    return accesses++;
  }

  private static boolean isConstant(Node base) {
    return base.kind == Node.Kind.CONST;
  }

  private static long offset(Node access) {
    Node base = access.in[0];
    return isConstant(base) ? (base.imm & 0xFFFFFFFFL) + access.imm : access.imm;
  }

  private long load(Node node) {
    int first = accesses;
    long base = isConstant(node.in[0]) ? AvailableValues.CONSTANT_BASE : visit(node.in[0]);
    int access = access(node.type);
    if (base < 0) {
      return -1;
    }
    AvailableValues.Cell cell = now.find(base, offset(node), node.op);
    if (cell == null) {
      long value = ++numbers;
      now.add(new AvailableValues.Cell(base, offset(node), node.op, access, value));
      return value;
    }
    found = true;
    for (int inner = first; inner < access; inner++) {
      // The base is not computed any more.
      release(inner);
    }
    source[access] = cell.access();
    holder[access] = now.variableWith(cell.value());
    if (readsVariable(access)) {
      readers[cell.access()]++;
    }
    narrowed[access] = Numerics.isNarrow(node.op) && cell.op() != node.op;
    return narrowed[access] ? -1 : cell.value();
  }

  private boolean readsVariable(int access) {
    return holder[access] < 0 && constants[source[access]] == null;
  }

  private void release(int access) {
    if (source[access] >= 0 && readsVariable(access)) {
      readers[source[access]]--;
    }
    source[access] = -1;
  }

  private void store(Node node) {
    long base = isConstant(node.in[0]) ? AvailableValues.CONSTANT_BASE : visit(node.in[0]);
    long value = visit(node.in[1]);
    int access = access(node.in[1].type);
    if (base < 0) {
      now.forgetMemory();
      return;
    }
    now.forget(base, offset(node), Numerics.width(node.op));
    if (isConstant(node.in[1])) {
      constants[access] = node.in[1];
    }
    now.add(new AvailableValues.Cell(base, offset(node), node.op, access, known(value)));
  }

  // Rewriting

  private FunctionIr rewrite() {
    char[] all = allocate();
    accesses = 0;
    for (Block block : blocks) {
      for (int i = 0; i < block.statements.size(); i++) {
        block.statements.set(i, rewrite(block.statements.get(i)));
      }
      block.end = rewrite(block.end);
    }
    return function.withVariables(all);
  }

  /** Gives every value that is read a variable; blocks that share no values share these. */
  private char[] allocate() {
    variableOf = new int[accesses];
    int[][] used = new int[blocks.size()][];
    Variables variables = new Variables(String.valueOf(function.variables()));
    String kinds = "IJFD";
    int[][] made = new int[kinds.length()][0];
    for (int access = 0; access < accesses; access++) {
      if (readers[access] == 0) {
        continue;
      }
      int root = roots[places[access]];
      if (used[root] == null) {
        used[root] = new int[kinds.length()];
      }
      int kind = kinds.indexOf(types[access]);
      int number = used[root][kind]++;
      if (number == made[kind].length) {
        made[kind] = Arrays.copyOf(made[kind], number + 1);
        made[kind][number] = variables.add(types[access]);
      }
      variableOf[access] = made[kind][number];
    }
    return variables.types();
  }

  private Node rewrite(Node node) {
    if ((node.effects & (Node.READS | Node.WRITES)) == 0) {
      // No access is in it.
      return node;
    }
    Node[] in = node.in;
    for (int i = 0; i < in.length; i++) {
      Node operand = rewrite(node.in[i]);
      if (operand != node.in[i]) {
        in = in == node.in ? in.clone() : in;
        in[i] = operand;
      }
    }
    if (node.kind == Node.Kind.LOAD) {
      int access = accesses++;
      if (source[access] >= 0) {
        Node value = value(access, node.type);
        return narrowed[access] ? narrow(node.op, value) : value;
      }
      Node load = node.with(in);
      return readers[access] == 0 ? load : Node.tee(variableOf[access], load);
    }
    if (node.kind == Node.Kind.STORE) {
      int access = accesses++;
      if (readers[access] > 0) {
        in = in.clone();
        in[1] = Node.tee(variableOf[access], in[1]);
      }
    }
    return node.with(in);
  }

  private Node value(int access, char type) {
    Node constant = constants[source[access]];
    if (constant != null) {
      return constant;
    }
    int variable = holder[access] >= 0 ? holder[access] : variableOf[source[access]];
    return Node.get(type, variable);
  }

  /** What a narrow load reads of a value that was stored. */
  private static Node narrow(OpCode load, Node value) {
    switch (load) {
      case I32_LOAD8_U:
        return and(value, 0xFF);
      case I32_LOAD16_U:
        return and(value, 0xFFFF);
      case I32_LOAD8_S:
        return Node.numeric(OpCode.I32_EXTEND_8_S, 'I', value);
      case I32_LOAD16_S:
        return Node.numeric(OpCode.I32_EXTEND_16_S, 'I', value);
      default:
        throw new AssertionError(load);
    }
  }

  private static Node and(Node value, int mask) {
    return Node.numeric(OpCode.I32_AND, 'I', value, Node.constant('I', mask));
  }
}
