package org.wasmservlet.compiler.emit;

import org.wasmservlet.compiler.runtime.Access;

/** How wide accesses see the memory: the handles that {@link Access} has, and their methods. */
enum View {
  I16('S'),
  U16('C'),
  I32('I'),
  I64('J'),
  F32('F'),
  F64('D');

  /** What the JVM has for it. */
  final char type;

  final String getDescriptor;
  final String setDescriptor;

  View(char type) {
    this.type = type;
    this.getDescriptor = "([BI)" + type;
    this.setDescriptor = "([BI" + type + ")V";
  }
}
