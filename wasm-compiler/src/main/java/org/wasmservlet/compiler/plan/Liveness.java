package org.wasmservlet.compiler.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.FunctionIr;

/** Which variables a block may read before it writes them, itself or through its successors. */
final class Liveness {
  /** Past this many words the analysis would cost too much: then everything counts as live. */
  private static final long MOST_WORDS = 8L << 20;

  private final long[][] in;

  private Liveness(long[][] in) {
    this.in = in;
  }

  static Liveness of(FunctionIr function, Mentions mentions) {
    List<Block> blocks = function.blocks();
    int variables = function.variables().length;
    if ((long) blocks.size() * (variables / 64 + 1) * 3 > MOST_WORDS) {
      return new Liveness(null);
    }
    int count = blocks.size();
    long[][] in = new long[count][];
    long[][] defined = new long[count][];
    for (int b = 0; b < count; b++) {
      in[b] = Bits.of(variables);
      defined[b] = Bits.of(variables);
      scan(mentions, b, in[b], defined[b]);
    }
    long[] out = Bits.of(variables);
    long[] nothing = Bits.of(variables);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = count - 1; b >= 0; b--) {
        Block block = blocks.get(b);
        if (block.targets.length == 1) {
          changed |= Bits.addFlow(in[b], nothing, in[block.targets[0].id], defined[b]);
        } else if (block.targets.length > 1) {
          Arrays.fill(out, 0);
          for (Block target : block.targets) {
            Bits.addAll(out, in[target.id]);
          }
          changed |= Bits.addFlow(in[b], nothing, out, defined[b]);
        }
      }
    }
    return new Liveness(in);
  }

  /** Whether it was analyzed; otherwise everything counts as live. */
  boolean isKnown() {
    return in != null;
  }

  /** The variables that are live where any of some blocks begins, ascending; it is known. */
  int[] atAny(int[] blocks) {
    if (blocks.length == 0) {
      return new int[0];
    }
    long[] any = in[blocks[0]].clone();
    for (int block : blocks) {
      Bits.addAll(any, in[block]);
    }
    return BitSet.valueOf(any).stream().toArray();
  }

  /** Whether a variable is live where a block begins. */
  boolean at(int block, int variable) {
    return in == null || Bits.has(in[block], variable);
  }

  private static void scan(Mentions mentions, int block, long[] used, long[] defined) {
    for (int m = mentions.from(block); m < mentions.to(block); m++) {
      int variable = mentions.variable(m);
      if (!mentions.isRead(m)) {
        Bits.add(defined, variable);
      } else if (!Bits.has(defined, variable)) {
        Bits.add(used, variable);
      }
    }
  }
}
