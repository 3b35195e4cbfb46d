package org.wasmservlet.compiler.plan;

import java.util.Arrays;
import java.util.List;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.FunctionIr;

/** Where chunks begin: they are filled one after the other; a loop that fits into one is in one. */
final class ChunkStarts {
  private ChunkStarts() {}

  /** The first block of every chunk, ascending, and the number of blocks. */
  static int[] of(FunctionIr function, int limit) {
    List<Block> blocks = function.blocks();
    boolean[] start = new boolean[blocks.size()];
    int[] bytesBefore = new int[blocks.size() + 1];
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      bytesBefore[b + 1] = bytesBefore[b] + block.statementBytes() + endBytes(block);
    }
    int[] loopEnds = loopEnds(blocks);
    start[0] = true;
    int from = 0;
    for (int b = 1; b < blocks.size(); b++) {
      int loop = bytesBefore[loopEnds[b]] - bytesBefore[b];
      int end = loop <= limit ? loopEnds[b] : b + 1;
      if (bytesBefore[end] - bytesBefore[from] > limit) {
        start[b] = true;
        from = b;
      }
    }
    return of(start);
  }

  /** By block: the one after the last that jumps back to it, or after itself. */
  private static int[] loopEnds(List<Block> blocks) {
    int[] ends = new int[blocks.size()];
    for (Block block : blocks) {
      ends[block.id] = Math.max(ends[block.id], block.id + 1);
      for (Block target : block.targets) {
        if (target.id <= block.id) {
          ends[target.id] = Math.max(ends[target.id], block.id + 1);
        }
      }
    }
    return ends;
  }

  /** The same from whether each block is one. */
  static int[] of(boolean[] start) {
    int blocks = start.length;
    int[] result = new int[blocks + 1];
    int count = 0;
    for (int b = 0; b < blocks; b++) {
      if (start[b]) {
        result[count++] = b;
      }
    }
    result[count++] = blocks;
    return Arrays.copyOf(result, count);
  }

  /** What the end of a block takes. */
  static int endBytes(Block block) {
    boolean table = block.targets.length > ChunkPlan.MOST_SWITCH;
    return block.end.size + (table ? 24 : 4 * block.targets.length);
  }
}
