package org.wasmservlet.compiler.ir;

/**
 * What a function or a structured instruction takes and gives.
 *
 * @param params {@link ValueTypes}; not to be changed
 * @param results the same
 * @param jvmParams what the JVM keeps them in: {@link ValueTypes#jvm}
 * @param jvmResults the same
 */
public record BlockType(byte[] params, byte[] results, String jvmParams, String jvmResults) {
  private static final byte[] NONE = {};

  /** Takes and gives nothing. */
  public static final BlockType EMPTY = of(NONE, NONE);

  private static final BlockType[] GIVING = new BlockType[0x100];

  static {
    for (byte type :
        new byte[] {
          ValueTypes.I32,
          ValueTypes.I64,
          ValueTypes.F32,
          ValueTypes.F64,
          ValueTypes.V128,
          ValueTypes.FUNCREF,
          ValueTypes.EXTERNREF,
          ValueTypes.EXNREF
        }) {
      GIVING[type] = of(NONE, new byte[] {type});
      byte notNull = ValueTypes.notNull(type);
      GIVING[notNull & 0xFF] = of(NONE, new byte[] {notNull});
    }
  }

  public static BlockType of(byte[] params, byte[] results) {
    return new BlockType(params, results, ValueTypes.jvm(params), ValueTypes.jvm(results));
  }

  /** Whether a value is a reference to an exception, which has no raw bits. */
  boolean hasExceptions() {
    return jvmParams.indexOf('E') >= 0 || jvmResults.indexOf('E') >= 0;
  }

  /** Takes nothing, and gives one value. */
  public static BlockType giving(byte type) {
    return GIVING[type & 0xFF];
  }
}
