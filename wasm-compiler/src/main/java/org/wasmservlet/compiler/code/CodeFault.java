package org.wasmservlet.compiler.code;

/** A rule that a body breaks; whoever reads the body says where. */
final class CodeFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether it is no body at all, not one that is not valid. */
  final boolean malformed;

  private CodeFault(boolean malformed, String rule) {
    super(rule, null, false, false);
    this.malformed = malformed;
  }

  static CodeFault malformed(String rule) {
    return new CodeFault(true, rule);
  }

  static CodeFault invalid(String rule) {
    return new CodeFault(false, rule);
  }
}
