package org.wasmservlet.compiler.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Node;

/**
 * Which variables each block reads and writes, in order of evaluation. Several passes ask for that;
 * the trees are gone through once.
 */
public final class Mentions {
  /** By mention: a variable that is read, or the complement of one that is written. */
  private int[] mentions;

  /** By block: its first mention; and how many there are. */
  private final int[] starts;

  /** The blocks that load from memory, or store. */
  private final BitSet accessing = new BitSet();

  private int count;

  private Mentions(int blocks) {
    mentions = new int[4 * blocks];
    starts = new int[blocks + 1];
  }

  static Mentions of(List<Block> blocks) {
    Mentions found = new Mentions(blocks.size());
    for (Block block : blocks) {
      for (Node statement : block.statements) {
        found.add(statement, block.id);
      }
      found.add(block.end, block.id);
      found.starts[block.id + 1] = found.count;
    }
    return found;
  }

  private void add(Node node, int block) {
    for (Node operand : node.in) {
      add(operand, block);
    }
    switch (node.kind) {
      case GET -> add(node.index);
      case SET -> add(~node.index);
      case LOAD, STORE -> accessing.set(block);
      default -> {}
    }
  }

  private void add(int mention) {
    if (count == mentions.length) {
      mentions = Arrays.copyOf(mentions, 2 * count);
    }
    mentions[count++] = mention;
  }

  /** The first mention of a block. */
  public int from(int block) {
    return starts[block];
  }

  /** The one after the last mention of a block. */
  public int to(int block) {
    return starts[block + 1];
  }

  /** The variable that is mentioned. */
  public int variable(int mention) {
    int found = mentions[mention];
    return found < 0 ? ~found : found;
  }

  boolean isRead(int mention) {
    return mentions[mention] >= 0;
  }

  /** Whether any of some blocks in a row accesses memory. */
  public boolean accessMemory(int from, int to) {
    int next = accessing.nextSetBit(from);
    return next >= 0 && next < to;
  }
}
