package org.wasmservlet.compiler.ir;

/** Names of generated classes, internal form. */
public final class ClassNames {
  public static final String PACKAGE = "org/wasmservlet/compiled/";
  public static final String CONTEXT = PACKAGE + "Ctx";
  public static final String CONTEXT_FACTORY = PACKAGE + "NewCtx";

  /** Import stubs in a class. */
  public static final int IMPORTS_A_CLASS = 500;

  private final int importedFunctions;

  /** By function that is not imported: the number of its class. */
  private final int[] packs;

  public ClassNames(int importedFunctions, int[] packs) {
    this.importedFunctions = importedFunctions;
    this.packs = packs;
  }

  public String classOf(int function) {
    return function < importedFunctions
        ? imports(function / IMPORTS_A_CLASS)
        : pack(packs[function - importedFunctions]);
  }

  public static String imports(int number) {
    return ClassNames.PACKAGE + "I" + number;
  }

  public static String pack(int number) {
    return ClassNames.PACKAGE + "F" + number;
  }

  public static String overflow(int pack, int number) {
    return ClassNames.PACKAGE + "F" + pack + "_" + number;
  }

  public static String frame(int function) {
    return ClassNames.PACKAGE + "Frame" + function;
  }

  public static String signature(int number) {
    return ClassNames.PACKAGE + "S" + number;
  }

  public static String foreign(int number) {
    return ClassNames.PACKAGE + "X" + number;
  }

  public static String entry(int function) {
    return ClassNames.PACKAGE + "E" + function;
  }
}
