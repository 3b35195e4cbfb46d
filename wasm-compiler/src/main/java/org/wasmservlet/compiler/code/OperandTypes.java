package org.wasmservlet.compiler.code;

import java.util.Arrays;
import org.wasmservlet.compiler.ir.ValueTypes;

/** The types of the operands at a place of a body. */
final class OperandTypes {
  /** Of an operand in code that is never reached: it is of every type. */
  static final byte ANY = 0;

  private byte[] types = new byte[64];
  private int height;

  /** The block that they are in. */
  private Frame block;

  /** Goes on in a block. */
  void in(Frame entered) {
    block = entered;
  }

  int height() {
    return height;
  }

  void truncate(int to) {
    height = to;
  }

  void push(byte type) {
    if (height == types.length) {
      types = Arrays.copyOf(types, 2 * height);
    }
    types[height++] = type;
  }

  void push(byte[] more) {
    for (byte type : more) {
      push(type);
    }
  }

  /** Takes the uppermost, of whatever type. */
  byte pop() {
    if (height == block.height) {
      if (block.unreachable) {
        return ANY;
      }
      throw CodeFault.invalid("type mismatch: no operand is left in the block");
    }
    return types[--height];
  }

  /** Takes the uppermost. */
  void pop(byte expected) {
    byte found = pop();
    if (found != ANY && !ValueTypes.matches(found, expected)) {
      throw mismatch(ValueTypes.name(expected), found);
    }
  }

  void pop(byte[] expected) {
    for (int i = expected.length - 1; i >= 0; i--) {
      pop(expected[i]);
    }
  }

  /** Takes three numbers: where to, where from or what, and how many. */
  void popThree() {
    pop(ValueTypes.I32);
    pop(ValueTypes.I32);
    pop(ValueTypes.I32);
  }

  /** The uppermost are there, and are of these types from now on. */
  void keep(byte[] expected) {
    pop(expected);
    push(expected);
  }

  /** The uppermost are of certain types, and stay as they are. */
  void check(byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      int at = height - 1 - i;
      byte type = expected[expected.length - 1 - i];
      if (at < block.height) {
        if (!block.unreachable) {
          throw CodeFault.invalid("type mismatch: no operand is left in the block");
        }
      } else if (types[at] != ANY && !ValueTypes.matches(types[at], type)) {
        throw mismatch(ValueTypes.name(type), types[at]);
      }
    }
  }

  static CodeFault mismatch(String expected, byte found) {
    return CodeFault.invalid(
        "type mismatch: expected " + expected + ", found " + ValueTypes.name(found));
  }
}
