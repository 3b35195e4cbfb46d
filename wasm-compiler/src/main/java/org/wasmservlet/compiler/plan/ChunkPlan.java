package org.wasmservlet.compiler.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Node;

/**
 * How a function is cut into methods: the beginning, which many calls never leave, and the chunks
 * that all others are for. A function that is not split is a beginning only.
 */
public final class ChunkPlan {
  /** HotSpot compiles no method of 8,000 bytes or more. */
  static final int MOST_BYTES = 7_600;

  /** Longer branch tables are constants, not switches. */
  static final int MOST_SWITCH = 400;

  /** A switch to more other chunks than this goes through the driver in any case. */
  static final int MOST_EXITS = 6;

  /** Bits of an id that are the place among a chunk's entries; the others are the chunk. */
  public static final int PLACE_BITS = 12;

  public static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

  /** Bytes for a variable to be loaded or stored, with all that goes with it. */
  static final int FRAME_ACCESS = 7;

  /** Bytes for the beginning to make the frame. */
  private static final int FRAME_MAKING = 14;

  /** Bytes for a call to leave the frame where it is frozen. */
  private static final int CAPTURE = 12;

  /** More chunks do not call each other: their JVM frames would add up. */
  private static final int MOST_CHAINED = 8;

  /** More variables are not handed from chunk to chunk as arguments. */
  private static final int MOST_HANDED_ON = 40;

  private final boolean split;
  private FunctionIr function;

  /** First block of every chunk, ascending, and the number of blocks at the end. */
  private int[] starts;

  private boolean[] entered;
  private boolean[] throughDriver;
  private Passing passing;
  private Mentions mentions;

  /** Of a function that is split. */
  private Liveness liveness;

  private Chunk beginning;
  private List<Chunk> chunks;

  private ChunkPlan(FunctionIr function, boolean split) {
    this.function = function;
    this.split = split;
  }

  /**
   * Plans a function.
   *
   * @param limit bytes above which it is cut, and up to which a chunk is filled
   */
  public static ChunkPlan of(FunctionIr function, int limit) {
    FunctionIr shorter = function;
    boolean split = mustSplit(function) || bytes(function) > limit;
    if (split) {
      // It may fit now, or into fewer chunks; values that cross from one to another come later.
      int[] alone = new int[function.blocks().size() + 1];
      Arrays.setAll(alone, b -> b);
      shorter = LoadElimination.in(function, alone);
      split = mustSplit(shorter) || bytes(shorter) > limit;
    }
    ChunkPlan plan = new ChunkPlan(shorter, split);
    if (plan.split) {
      BlockCutter.cut(shorter.blocks(), Math.min(limit, 2_000));
    }
    int blocks = shorter.blocks().size();
    plan.starts = plan.split ? ChunkStarts.of(shorter, limit) : new int[] {0, blocks};
    plan.function = LoadElimination.in(shorter, plan.starts);
    plan.mentions = Mentions.of(plan.function.blocks());
    if (plan.split) {
      plan.liveness = Liveness.of(plan.function, plan.mentions);
    }
    plan.plan();
    return plan;
  }

  private static boolean mustSplit(FunctionIr function) {
    // What may be frozen is in a frame, with a driver that can be entered anywhere.
    boolean split = function.variables().length > 8_000 || !function.form().isOrdinary();
    for (Block block : function.blocks()) {
      split |= block.targets.length > 1_000;
    }
    return split;
  }

  private static int bytes(FunctionIr function) {
    int total = 0;
    for (Block block : function.blocks()) {
      total += block.statementBytes() + block.endBytes();
    }
    return total;
  }

  public FunctionIr function() {
    return function;
  }

  /** How its chunks get its variables. Of no meaning if it is not split. */
  public Passing passing() {
    return passing;
  }

  /** The variables that its blocks mention. */
  public Mentions mentions() {
    return mentions;
  }

  Liveness liveness() {
    return liveness;
  }

  public boolean isSplit() {
    return split;
  }

  /** The blocks of the first chunk, as far as they are reached from the function's start. */
  public Chunk beginning() {
    return beginning;
  }

  /** All chunks in order; the first has no entries if nothing returns to it. */
  public List<Chunk> chunks() {
    return chunks;
  }

  private void plan() {
    List<Block> blocks = function.blocks();
    int[] scratch = new int[function.variables().length];
    Arrays.fill(scratch, -1);
    while (true) {
      markEntries();
      passing = choosePassing();
      beginning = Chunk.beginning(this, starts[1], scratch);
      chunks = new ArrayList<>(starts.length - 1);
      if (!split) {
        return;
      }
      boolean[] start = new boolean[blocks.size()];
      boolean fits = starts[1] == 1 || bytes(beginning) <= MOST_BYTES;
      start[starts[1] / 2] = !fits;
      for (int c = 0; c + 1 < starts.length; c++) {
        Chunk chunk = Chunk.entered(this, starts[c], starts[c + 1], scratch);
        chunks.add(chunk);
        start[starts[c]] = true;
        if (starts[c + 1] - starts[c] > 1 && bytes(chunk) > MOST_BYTES) {
          start[(starts[c] + starts[c + 1]) / 2] = true;
          fits = false;
        }
      }
      if (fits) {
        return;
      }
      starts = ChunkStarts.of(start);
    }
  }

  private int chunkOf(int block) {
    int found = Arrays.binarySearch(starts, block);
    return found >= 0 ? found : -found - 2;
  }

  /** What a chunk returns to the driver to go to a block: the chunk and its place among entries. */
  public int idOf(Block block) {
    int number = chunkOf(block.id);
    return number << PLACE_BITS | Arrays.binarySearch(chunks.get(number).entries, block.id);
  }

  public static int chunkOfId(int id) {
    return id >>> PLACE_BITS;
  }

  public static int placeOfId(int id) {
    return id & PLACE_MASK;
  }

  public boolean throughDriver(Block block) {
    return throughDriver[block.id];
  }

  private void markEntries() {
    List<Block> blocks = function.blocks();
    entered = new boolean[blocks.size()];
    throughDriver = new boolean[blocks.size()];
    Set<Block> outside = new HashSet<>();
    for (Block block : blocks) {
      if (!split) {
        break;
      }
      entered[block.id] |= function.form().goesOnAfter(block.site);
      int own = chunkOf(block.id);
      int first = starts[own];
      int end = starts[own + 1];
      if (block.end.kind == Node.Kind.SWITCH) {
        outside.clear();
        for (Block target : block.targets) {
          if (target.id < first || target.id >= end) {
            outside.add(target);
          }
        }
        throughDriver[block.id] = block.targets.length > MOST_SWITCH || outside.size() > MOST_EXITS;
      }
      for (Block target : block.targets) {
        if (throughDriver[block.id] || target.id < first || target.id >= end) {
          entered[target.id] = true;
        }
      }
    }
  }

  private Passing choosePassing() {
    if (!split || !liveness.isKnown() || !function.form().isOrdinary()) {
      return Passing.FRAME;
    }
    if (canBeChained()) {
      return Passing.ARGUMENTS;
    }
    return FrameLayout.fitsContext(function, liveAtEntries(0, function.blocks().size()))
        ? Passing.CONTEXT
        : Passing.FRAME;
  }

  private boolean canBeChained() {
    if (starts.length - 1 > MOST_CHAINED) {
      return false;
    }
    for (Block block : function.blocks()) {
      int own = chunkOf(block.id);
      if (throughDriver[block.id]) {
        return false;
      }
      for (Block target : block.targets) {
        if (chunkOf(target.id) < own) {
          return false;
        }
      }
    }
    for (int c = 1; c + 1 < starts.length; c++) {
      if (liveAtEntries(starts[c], starts[c + 1]).length > MOST_HANDED_ON) {
        return false;
      }
    }
    return true;
  }

  /** The variables that a chunk must hand on, whether it touches them or not. */
  int[] heldBetween(int from, int to) {
    return passing == Passing.FRAME ? new int[0] : liveAtEntries(from, to);
  }

  /** The same of the beginning; those that no one has set are zero. */
  int[] heldAtFirst() {
    int[] parameters = function.parameters();
    if (passing != Passing.CONTEXT) {
      return parameters;
    }
    IntStream handedOn = Arrays.stream(liveAtEntries(0, function.blocks().size()));
    return IntStream.concat(Arrays.stream(parameters), handedOn).distinct().toArray();
  }

  private int[] liveAtEntries(int from, int to) {
    return liveness.atAny(entriesBetween(from, to));
  }

  int[] entriesBetween(int from, int to) {
    int count = 0;
    for (int b = from; b < to; b++) {
      count += entered[b] ? 1 : 0;
    }
    int[] entries = new int[count];
    count = 0;
    for (int b = from; b < to; b++) {
      if (entered[b]) {
        entries[count++] = b;
      }
    }
    return entries;
  }

  private int bytes(Chunk chunk) {
    int bytes = 16;
    int made = chunk.begins() && passing == Passing.FRAME ? FRAME_MAKING : 0;
    for (int b = chunk.from; b < chunk.to; b++) {
      if (!chunk.isReached(b)) {
        continue;
      }
      Block block = function.blocks().get(b);
      bytes += block.statementBytes() + ChunkStarts.endBytes(block);
      if (throughDriver[b]) {
        bytes += made;
        bytes += FRAME_ACCESS * count(chunk.storedBetween(b, block.targets));
        continue;
      }
      if (function.form().isCapturing() && block.afterCut() != null) {
        bytes += CAPTURE + made + FRAME_ACCESS * count(chunk.storedAtCut(block));
      }
      for (int i = 0; i < block.targets.length; i++) {
        Block target = block.targets[i];
        if (!chunk.contains(target) && isFirst(block.targets, i)) {
          bytes += 5 + made + FRAME_ACCESS * count(chunk.storedBetween(b, target));
        }
      }
    }
    for (int entry : chunk.entries) {
      bytes += 7 + FRAME_ACCESS * count(chunk.liveAt(entry));
    }
    return bytes;
  }

  /** Whether no earlier target is the same. */
  private static boolean isFirst(Block[] targets, int place) {
    for (int i = 0; i < place; i++) {
      if (targets[i] == targets[place]) {
        return false;
      }
    }
    return true;
  }

  private static int count(long[] set) {
    int count = 0;
    for (long word : set) {
      count += Long.bitCount(word);
    }
    return count;
  }
}
