package org.wasmservlet.compiler.emit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The classes that functions are written to: one has their own methods, others parts of them. */
final class Holders {
  final ClassFile main;
  private final IntFunction<String> partNames;
  private final Map<String, byte[]> classes = new LinkedHashMap<>();
  private ClassFile parts;
  private int count;

  /**
   * Begins the classes.
   *
   * @param partNames by number: the names of classes for parts
   */
  Holders(ClassFile main, IntFunction<String> partNames) {
    this.main = main;
    this.partNames = partNames;
    this.parts = main;
  }

  /** The class for the next part of a function: such parts share classes, but with no function. */
  ClassFile room() {
    if (parts == main || parts.isFull()) {
      if (parts != main) {
        put(parts.name, parts.toBytes());
      }
      parts = ClassFile.holder(partNames.apply(count++));
    }
    return parts;
  }

  void put(String name, byte[] bytes) {
    classes.put(name, bytes);
  }

  /** All classes by internal name; nothing is added to them any more. */
  Map<String, byte[]> finish() {
    put(main.name, main.toBytes());
    if (parts != main) {
      put(parts.name, parts.toBytes());
    }
    return classes;
  }
}
