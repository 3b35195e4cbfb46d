package org.wasmservlet.compiler.ir;

import java.util.Arrays;
import java.util.BitSet;

/** Names of generated classes, internal form. */
public final class ClassNames {
  public static final String PACKAGE = "org/wasmservlet/compiled/";
  private static final String BINARY_PACKAGE = PACKAGE.replace('/', '.');
  public static final String CONTEXT = PACKAGE + "Ctx";
  public static final String CONTEXT_FACTORY = PACKAGE + "NewCtx";

  /** Import stubs in a class. */
  public static final int IMPORTS_A_CLASS = 500;

  private final int importedFunctions;

  /** By function that is not imported: the number of its class. */
  private final int[] packs;

  /** The functions that are called in their capturing form. */
  private final BitSet capturing;

  /** Tells the forms of one such set from those of another, which call other functions. */
  private final int generation;

  /** By number of a pack. Calls are many, and each names a class and a method. */
  private final String[] packNames;

  /** By function: the name of its method once it was asked for. It does not matter who made it. */
  private final String[] methods;

  public ClassNames(int importedFunctions, int[] packs) {
    this(importedFunctions, packs, new BitSet(), 0);
  }

  private ClassNames(int importedFunctions, int[] packs, BitSet capturing, int generation) {
    this.importedFunctions = importedFunctions;
    this.packs = packs;
    this.capturing = capturing;
    this.generation = generation;
    this.packNames = new String[packs.length == 0 ? 0 : packs[packs.length - 1] + 1];
    Arrays.setAll(packNames, ClassNames::pack);
    this.methods = new String[importedFunctions + packs.length];
  }

  /** The same, but these functions are called in their capturing form. */
  public ClassNames withCapturing(BitSet functions, int number) {
    return new ClassNames(importedFunctions, packs, functions, number);
  }

  public String classOf(int function) {
    if (capturing.get(function)) {
      return capturing(function, generation);
    }
    return function < importedFunctions
        ? imports(function / IMPORTS_A_CLASS)
        : packNames[packs[function - importedFunctions]];
  }

  /** The name of the method that a function is called by. */
  public String methodOf(int function) {
    String name = methods[function];
    if (name == null) {
      name = "f_" + function;
      methods[function] = name;
    }
    return name;
  }

  public static String imports(int number) {
    return PACKAGE + "I" + number;
  }

  public static String pack(int number) {
    return PACKAGE + "F" + number;
  }

  public static String overflow(int pack, int number) {
    return PACKAGE + "F" + pack + "_" + number;
  }

  public static String frame(int function) {
    return PACKAGE + "Frame" + function;
  }

  /** A function's class in its capturing form. */
  public static String capturing(int function, int generation) {
    return PACKAGE + "C" + function + "_" + generation;
  }

  /** The entry of a function's capturing form. */
  public static String capturingEntry(int function, int generation) {
    return PACKAGE + "D" + function + "_" + generation;
  }

  /** A function's class in one of its resuming forms. */
  public static String resuming(int function, int form) {
    return PACKAGE + "R" + function + "_" + form;
  }

  /** A function's class in a form that goes on, and can be frozen once more beside such a set. */
  public static String resumingCapturing(int function, int generation, int form) {
    return PACKAGE + "G" + function + "_" + generation + "_" + form;
  }

  /**
   * The function that a method on the Java stack is, whatever its form.
   *
   * @param binaryName of the method's class
   * @return -1 if it is none, or a part of one
   */
  public static int functionOf(String binaryName, String method) {
    boolean generated =
        binaryName.startsWith(BINARY_PACKAGE)
            && (method.startsWith("f_") || method.startsWith("t_"));
    if (!generated || binaryName.charAt(BINARY_PACKAGE.length()) == 'I') {
      return -1;
    }
    try {
      return Integer.parseInt(method.substring(2));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  public static String signature(int number) {
    return PACKAGE + "S" + number;
  }

  public static String foreign(int number) {
    return PACKAGE + "X" + number;
  }

  public static String entry(int function) {
    return PACKAGE + "E" + function;
  }
}
