package org.wasmservlet.compiler.plan;

import java.util.Arrays;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Node;

/**
 * Contiguous blocks that become one method, and what that method loads and stores of the variables
 * that it shares with other chunks. Where there is a frame, a chunk stores what it has changed; the
 * beginning of a function has its parameters to start with, and stores them too. Elsewhere a chunk
 * hands on whatever is needed. A function that is not split is a beginning.
 */
public final class Chunk {
  public final int from;
  public final int to;

  /** The variables that the chunk mentions. */
  public final int[] variables;

  /** Blocks at which the chunk is entered, ascending. */
  public final int[] entries;

  /** The variables that are parameters of its method. */
  public final int[] parameters;

  /** The variables that no frame has when the chunk is entered, parameters first. */
  private final int[] held;

  /** By block: its variables that hold a value when it begins and will be read. */
  private final long[][] live;

  /**
   * By block: variables that may differ from what the frame has of them, when it ends. Of no
   * function that is not split: nobody leaves it.
   */
  private final long[][] dirty;

  /** By block: whether it is reached from an entry. */
  private final boolean[] reached;

  private final boolean begins;
  private final ChunkPlan plan;
  private final FunctionIr function;
  private final Liveness liveness;
  private final Mentions mentions;

  /** Numbers of the variables in this chunk, valid while it is analyzed. */
  private final int[] local;

  /** Makes a chunk that is entered from others; it has no blocks if it is not. */
  static Chunk entered(ChunkPlan plan, int from, int to, int[] scratch) {
    int[] entries = plan.entriesBetween(from, to);
    int end = entries.length == 0 ? from : to;
    return new Chunk(plan, from, end, scratch, entries, plan.heldBetween(from, end), false);
  }

  /** Makes the beginning of a function. */
  static Chunk beginning(ChunkPlan plan, int to, int[] scratch) {
    return new Chunk(plan, 0, to, scratch, new int[] {0}, plan.heldAtFirst(), true);
  }

  private Chunk(
      ChunkPlan plan, int from, int to, int[] scratch, int[] entries, int[] held, boolean begins) {
    this.plan = plan;
    this.function = plan.function();
    this.liveness = plan.liveness();
    this.mentions = plan.mentions();
    this.from = from;
    this.to = to;
    this.local = scratch;
    this.begins = begins;
    this.entries = entries;
    this.held = held;
    if (begins) {
      this.parameters = function.parameters();
    } else {
      this.parameters = plan.passing() == Passing.ARGUMENTS ? held : new int[0];
    }
    this.variables = collect();
    this.reached = new boolean[to - from];
    flowReached();
    int count = to - from;
    live = new long[count][];
    dirty = new long[count][];
    long[][] defined = new long[count][];
    for (int b = 0; b < count; b++) {
      live[b] = Bits.of(variables.length);
      defined[b] = Bits.of(variables.length);
      scan(from + b, live[b], defined[b]);
    }
    if (plan.isSplit()) {
      flowDirty(defined);
    }
    flowLive(defined);
    for (int variable : variables) {
      local[variable] = -1;
    }
  }

  private int[] collect() {
    int count = held.length;
    int[] found = Arrays.copyOf(held, count + 32);
    for (int p = 0; p < count; p++) {
      local[held[p]] = p;
    }
    for (int m = mentions.from(from); m < mentions.from(to); m++) {
      int variable = mentions.variable(m);
      if (local[variable] < 0) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        local[variable] = count;
        found[count++] = variable;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private void scan(int block, long[] used, long[] defined) {
    for (int m = mentions.from(block); m < mentions.to(block); m++) {
      int position = local[mentions.variable(m)];
      if (!mentions.isRead(m)) {
        Bits.add(defined, position);
      } else if (!Bits.has(defined, position)) {
        Bits.add(used, position);
      }
    }
  }

  /** Whether a block is one of the chunk's. */
  public boolean contains(Block block) {
    return block.id >= from && block.id < to;
  }

  /** Whether control stays in the method from one of the chunk's blocks to a target of it. */
  boolean staysInside(Block block, Block target) {
    return contains(target) && !plan.throughDriver(block);
  }

  private void flowReached() {
    for (int entry : entries) {
      reached[entry - from] = true;
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = from; b < to; b++) {
        if (!isReached(b)) {
          continue;
        }
        Block block = function.blocks().get(b);
        for (Block target : block.targets) {
          if (staysInside(block, target) && !isReached(target.id)) {
            reached[target.id - from] = true;
            changed = true;
          }
        }
      }
    }
  }

  private void flowDirty(long[][] defined) {
    int count = to - from;
    for (int b = 0; b < count; b++) {
      dirty[b] = defined[b].clone();
    }
    for (int entry : entries) {
      for (int p = 0; p < held.length; p++) {
        Bits.add(dirty[entry - from], p);
      }
    }
    boolean changed = true;
    long[] nothing = Bits.of(variables.length);
    while (changed) {
      changed = false;
      for (int b = 0; b < count; b++) {
        Block block = function.blocks().get(from + b);
        for (Block target : block.targets) {
          if (staysInside(block, target)) {
            changed |= Bits.addFlow(dirty[target.id - from], dirty[b], nothing, nothing);
          }
        }
      }
    }
  }

  private void flowLive(long[][] defined) {
    int count = to - from;
    long[] out = Bits.of(variables.length);
    long[] nothing = Bits.of(variables.length);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = count - 1; b >= 0; b--) {
        Block block = function.blocks().get(from + b);
        if (block.targets.length == 0) {
          continue;
        }
        Arrays.fill(out, 0);
        for (Block target : block.targets) {
          if (staysInside(block, target)) {
            Bits.addAll(out, live[target.id - from]);
          } else {
            addStored(out, b, target.id);
          }
        }
        changed |= Bits.addFlow(live[b], nothing, out, defined[b]);
      }
    }
  }

  private void addStored(long[] set, int b, int target) {
    for (int i = 0; i < variables.length; i++) {
      if (Bits.has(dirty[b], i) && liveness.at(target, variables[i])) {
        Bits.add(set, i);
      }
    }
  }

  /**
   * Positions of the variables that are stored where the stack is frozen in a block's last call.
   */
  public long[] storedAtCut(Block block) {
    long[] stored = storedBetween(block.id, block.afterCut());
    removeSet(block.statements.get(block.statements.size() - 1), stored);
    return stored;
  }

  /** What the call itself sets, its result for one, is not there yet. */
  private void removeSet(Node node, long[] stored) {
    for (Node operand : node.in) {
      removeSet(operand, stored);
    }
    if (node.kind == Node.Kind.SET && positionOf(node.index) >= 0) {
      Bits.remove(stored, positionOf(node.index));
    }
  }

  /** The position of a variable in {@link #variables}, or -1. */
  public int positionOf(int variable) {
    for (int i = 0; i < variables.length; i++) {
      if (variables[i] == variable) {
        return i;
      }
    }
    return -1;
  }

  /** Whether this is the beginning of the function. */
  public boolean begins() {
    return begins;
  }

  /** Whether a block is reached from an entry; others are no code. */
  public boolean isReached(int block) {
    return reached[block - from];
  }

  /** Positions in {@link #variables} that are loaded before a block. */
  public long[] liveAt(int block) {
    return live[block - from];
  }

  /** Positions in {@link #variables} that are stored on the way from a block out to another. */
  public long[] storedBetween(int block, Block... targets) {
    long[] stored = Bits.of(variables.length);
    for (Block target : targets) {
      addStored(stored, block - from, target.id);
    }
    return stored;
  }
}
