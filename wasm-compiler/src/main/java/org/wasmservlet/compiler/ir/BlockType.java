package org.wasmservlet.compiler.ir;

/**
 * What a function or a structured instruction takes and gives.
 *
 * @param params {@link ValueTypes}; not to be changed
 * @param results the same
 * @param jvmParams what the JVM keeps them in: I, J, F, D
 * @param jvmResults the same
 */
public record BlockType(byte[] params, byte[] results, String jvmParams, String jvmResults) {
  private static final byte[] NONE = {};

  /** Takes and gives nothing. */
  public static final BlockType EMPTY = of(NONE, NONE);

  private static final BlockType[] GIVING = new BlockType[0x80];

  static {
    for (byte type :
        new byte[] {
          ValueTypes.I32,
          ValueTypes.I64,
          ValueTypes.F32,
          ValueTypes.F64,
          ValueTypes.V128,
          ValueTypes.FUNCREF,
          ValueTypes.EXTERNREF
        }) {
      GIVING[type] = of(NONE, new byte[] {type});
    }
  }

  public static BlockType of(byte[] params, byte[] results) {
    return new BlockType(params, results, ValueTypes.jvm(params), ValueTypes.jvm(results));
  }

  /** Takes nothing, and gives one value. */
  public static BlockType giving(byte type) {
    return GIVING[type];
  }
}
