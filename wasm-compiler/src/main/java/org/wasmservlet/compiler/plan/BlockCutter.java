package org.wasmservlet.compiler.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.Node;

/** Cuts blocks that are too long, or mention too many variables, between statements. */
final class BlockCutter {
  private BlockCutter() {}

  static void cut(List<Block> blocks, int limit) {
    List<Block> cut = new ArrayList<>(blocks.size());
    Set<Integer> mentioned = new HashSet<>();
    for (Block block : blocks) {
      cut.add(block);
      int bytes = 0;
      mentioned.clear();
      if (block.statementBytes() + 12 * 8 < limit) {
        continue;
      }
      Block rest = block;
      List<Node> statements = new ArrayList<>(block.statements);
      Node end = block.end;
      Block[] targets = block.targets;
      block.statements.clear();
      for (Node statement : statements) {
        int before = mentioned.size();
        mention(statement, mentioned);
        int cost = statement.size + 2 * ChunkPlan.FRAME_ACCESS * (mentioned.size() - before);
        if (bytes > 0 && bytes + cost > limit) {
          Block next = new Block();
          next.reached = true;
          rest.end = new Node(Node.Kind.GOTO, null, 'V', 0, 0, null, 0, 3);
          rest.targets = new Block[] {next};
          cut.add(next);
          rest = next;
          bytes = 0;
          mentioned.clear();
          mention(statement, mentioned);
          cost = statement.size + 2 * ChunkPlan.FRAME_ACCESS * mentioned.size();
        }
        rest.statements.add(statement);
        bytes += cost;
      }
      rest.end = end;
      rest.targets = targets;
    }
    blocks.clear();
    blocks.addAll(cut);
    for (int b = 0; b < cut.size(); b++) {
      cut.get(b).id = b;
    }
  }

  private static void mention(Node node, Set<Integer> mentioned) {
    for (Node operand : node.in) {
      mention(operand, mentioned);
    }
    if (node.kind == Node.Kind.GET || node.kind == Node.Kind.SET) {
      mentioned.add(node.index);
    }
  }
}
