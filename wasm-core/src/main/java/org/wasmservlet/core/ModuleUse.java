package org.wasmservlet.core;

/** What a module is to be good for when it is loaded. Immutable. */
public final class ModuleUse {
  // No record, as FileKey, of which it is a part.
  private final boolean toBeFrozen;
  private final boolean trappingUnknownImports;

  private ModuleUse(boolean toBeFrozen, boolean trappingUnknownImports) {
    this.toBeFrozen = toBeFrozen;
    this.trappingUnknownImports = trappingUnknownImports;
  }

  /**
   * Programs that are begun for each run, and are given every function that they import.
   *
   * @return never null
   */
  public static ModuleUse usual() {
    return new ModuleUse(false, false);
  }

  /**
   * The same for programs that are to be frozen: their code marks what it writes to, so that short
   * runs have little to do when they end; long loops are a tenth slower.
   *
   * @return never null
   */
  public ModuleUse toBeFrozen() {
    return new ModuleUse(true, trappingUnknownImports);
  }

  /**
   * The same for modules that import functions which no program is given, or of another type:
   * calling one is a trap that names it. Otherwise such a module is refused.
   *
   * @return never null
   */
  public ModuleUse trappingUnknownImports() {
    return new ModuleUse(toBeFrozen, true);
  }

  boolean isToBeFrozen() {
    return toBeFrozen;
  }

  boolean trapsUnknownImports() {
    return trappingUnknownImports;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModuleUse use
        && toBeFrozen == use.toBeFrozen
        && trappingUnknownImports == use.trappingUnknownImports;
  }

  @Override
  public int hashCode() {
    return (toBeFrozen ? 1 : 0) + (trappingUnknownImports ? 2 : 0);
  }

  @Override
  public String toString() {
    return "ModuleUse[toBeFrozen="
        + toBeFrozen
        + ", trappingUnknownImports="
        + trappingUnknownImports
        + "]";
  }
}
