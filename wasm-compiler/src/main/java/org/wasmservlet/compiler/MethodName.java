package org.wasmservlet.compiler;

/** A static method of a generated class. */
record MethodName(String owner, String name) {}
