package org.wasmservlet.compiler;

/** Names of generated classes, internal form. */
final class ClassNames {
  /** Import stubs in a class. */
  static final int IMPORTS_A_CLASS = 500;

  private final int importedFunctions;

  /** By function that is not imported: the number of its class. */
  private final int[] packs;

  ClassNames(int importedFunctions, int[] packs) {
    this.importedFunctions = importedFunctions;
    this.packs = packs;
  }

  String classOf(int function) {
    return function < importedFunctions
        ? imports(function / IMPORTS_A_CLASS)
        : pack(packs[function - importedFunctions]);
  }

  static String imports(int number) {
    return ModuleShape.PACKAGE + "I" + number;
  }

  static String pack(int number) {
    return ModuleShape.PACKAGE + "F" + number;
  }

  static String overflow(int pack, int number) {
    return ModuleShape.PACKAGE + "F" + pack + "_" + number;
  }

  static String frame(int function) {
    return ModuleShape.PACKAGE + "Frame" + function;
  }

  static String signature(int number) {
    return ModuleShape.PACKAGE + "S" + number;
  }

  static String foreign(int number) {
    return ModuleShape.PACKAGE + "X" + number;
  }

  static String entry(int function) {
    return ModuleShape.PACKAGE + "E" + function;
  }
}
