package org.wasmservlet.compiler.code;

import org.wasmservlet.compiler.binary.CodeSection;

/** The bodies of a module straight from its binary: none of them is kept. */
public final class BinaryCode implements Code {
  private final byte[] binary;
  private final int[] offsets;
  private final ModuleTypes types;
  private final boolean validate;

  private BinaryCode(byte[] binary, ModuleTypes types, boolean validate) {
    this.binary = binary;
    this.offsets = CodeSection.bodies(binary);
    this.types = types;
    this.validate = validate;
  }

  /**
   * The bodies of a module of which nothing is known yet.
   *
   * @param binary whose sections are valid, code aside
   * @param types what it declares outside of its code
   */
  public static BinaryCode validating(byte[] binary, ModuleTypes types) {
    return new BinaryCode(binary, types, true);
  }

  /** The bodies of a module that has been validated. */
  public static BinaryCode valid(byte[] binary, ModuleTypes types) {
    return new BinaryCode(binary, types, false);
  }

  @Override
  public int functions() {
    return offsets.length / 2;
  }

  @Override
  public int bytes(int function) {
    return offsets[2 * function + 1] - offsets[2 * function];
  }

  @Override
  public Body body(int function) {
    return BinaryBody.open(
        binary, offsets[2 * function], offsets[2 * function + 1], types, function, validate);
  }
}
