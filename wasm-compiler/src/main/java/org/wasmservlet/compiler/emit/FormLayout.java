package org.wasmservlet.compiler.emit;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.plan.ChunkPlan;

/**
 * How an activation of a function is told as numbers.
 *
 * @param variables those that are in the frame, in the order of their values
 * @param keys theirs
 * @param ids by the number of a call, where the function goes on after it; empty if it cannot
 */
public record FormLayout(int[] variables, int[] keys, Map<Integer, Integer> ids) {
  static FormLayout of(ChunkPlan plan, FrameFields frame) {
    FunctionIr function = plan.function();
    int[] variables =
        IntStream.range(0, function.variables().length)
            .filter(variable -> function.key(variable) >= 0 && frame.has(variable))
            .toArray();
    int[] keys = IntStream.of(variables).map(function::key).toArray();
    return new FormLayout(variables, keys, idsOf(plan));
  }

  private static Map<Integer, Integer> idsOf(ChunkPlan plan) {
    Map<Integer, Integer> ids = new HashMap<>();
    for (Block block : plan.function().blocks()) {
      if (plan.function().form().goesOnAfter(block.site)) {
        ids.put(block.site, plan.idOf(block));
      }
    }
    return Map.copyOf(ids);
  }
}
