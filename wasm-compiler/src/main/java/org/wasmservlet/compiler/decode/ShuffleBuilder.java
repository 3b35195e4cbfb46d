package org.wasmservlet.compiler.decode;

import com.dylibso.chicory.wasm.types.OpCode;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.ir.VectorOperators;

/**
 * Decodes shuffles. Their lanes are known, so that most are a few shifts of the operands' halves;
 * the others look up byte by byte.
 */
final class ShuffleBuilder {
  /** Halves of the operands. */
  private static final int HALVES = 4;

  /** Bytes of a half. */
  private static final int BYTES = 8;

  /** A shift more costs less than to look up. */
  private static final int MOST_SHIFTS = 4;

  private final OperandStack stack;

  ShuffleBuilder(OperandStack stack) {
    this.stack = stack;
  }

  /** Takes both operands; a byte of each number is the lane that is taken. */
  void shuffle(long lowLanes, long highLanes) {
    int first = stack.height() - HALVES;
    for (int half = 0; half < HALVES; half++) {
      if (stack.at(first + half).effects != 0) {
        // Each is needed any number of times, or not at all.
        stack.flush();
        break;
      }
    }
    for (int half = 0; half < HALVES; half++) {
      stack.share(first + half);
    }
    Node[] halves = new Node[HALVES];
    for (int half = HALVES - 1; half >= 0; half--) {
      halves[half] = stack.pop();
    }
    stack.pushVector(half(halves, lowLanes), half(halves, highLanes));
  }

  private static Node half(Node[] halves, long lanes) {
    Node interleaved = interleaved(halves, lanes);
    if (interleaved != null) {
      return interleaved;
    }
    int[] shifts = new int[BYTES];
    long[] masks = new long[BYTES];
    int[] from = new int[BYTES];
    int count = 0;
    for (int to = 0; to < BYTES; to++) {
      int half = lane(lanes, to) / BYTES;
      int shift = 8 * (to - lane(lanes, to) % BYTES);
      int at = 0;
      while (at < count && (from[at] != half || shifts[at] != shift)) {
        at++;
      }
      from[at] = half;
      shifts[at] = shift;
      masks[at] |= 0xFFL << 8 * to;
      count = Math.max(count, at + 1);
    }
    if (count > MOST_SHIFTS) {
      return Node.compute(
          VectorOperators.SHUFFLE,
          halves[0],
          halves[1],
          halves[2],
          halves[3],
          Node.constant('J', lanes));
    }
    Node all = null;
    for (int i = 0; i < count; i++) {
      Node part = shifted(halves[from[i]], shifts[i], masks[i]);
      all = all == null ? part : Node.numeric(OpCode.I64_OR, 'J', all, part);
    }
    return all;
  }

  private static int lane(long lanes, int index) {
    return (int) (lanes >>> 8 * index) & 31;
  }

  /** Some bytes of a half, moved. */
  private static Node shifted(Node half, int shift, long mask) {
    Node moved = half;
    long left = -1;
    if (shift > 0) {
      moved = Node.numeric(OpCode.I64_SHL, 'J', half, Node.constant('J', shift));
      left = -1L << shift;
    } else if (shift < 0) {
      moved = Node.numeric(OpCode.I64_SHR_U, 'J', half, Node.constant('J', -shift));
      left = -1L >>> -shift;
    }
    return left == mask ? moved : Node.numeric(OpCode.I64_AND, 'J', moved, constant(mask));
  }

  private static Node constant(long bits) {
    return Node.constant('J', bits);
  }

  /** Bytes of half a half between those of another; null if it is something else. */
  private static Node interleaved(Node[] halves, long lanes) {
    int even = lane(lanes, 0);
    int odd = lane(lanes, 1);
    if (even % 4 != 0 || odd % 4 != 0) {
      return null;
    }
    for (int i = 0; i < 4; i++) {
      if (lane(lanes, 2 * i) != even + i || lane(lanes, 2 * i + 1) != odd + i) {
        return null;
      }
    }
    Node upper = Node.numeric(OpCode.I64_SHL, 'J', spread(halves, odd), constant(8));
    return Node.numeric(OpCode.I64_OR, 'J', spread(halves, even), upper);
  }

  /** Four bytes with a zero above each. */
  private static Node spread(Node[] halves, int first) {
    Node half = halves[first / BYTES];
    return Node.compute(VectorOperators.SPREAD, first % BYTES == 0 ? half : Halves.upper(half));
  }
}
