package org.wasmservlet.compiler.emit;

/** A static method of a generated class. */
record MethodName(String owner, String name) {}
