package org.wasmservlet.prepare;

import java.nio.file.Path;
import java.util.Set;
import org.wasmservlet.host.ModuleStorage;

/**
 * What is to be done.
 *
 * @param compiles whether modules are compiled that no program needs to be frozen
 * @param freezes whether programs are frozen
 * @param isFreezable whether all modules are compiled for programs that are frozen, too
 * @param isStrict whether a module that cannot be prepared is a failure
 * @param chosen the names of the modules that are compiled; null for all
 * @param kept a folder where compiled modules, and those that are fetched, are kept for the next
 *     time; null for none
 */
record Options(
    boolean compiles,
    boolean freezes,
    boolean isFreezable,
    boolean isStrict,
    Set<String> chosen,
    Path kept) {
  /** Whoever names a module by reference wants it: what has been fetched is not chosen among. */
  boolean isChosen(String name) {
    return compiles
        && (chosen == null || chosen.contains(name) || name.startsWith(ModuleStorage.OWN_FOLDER));
  }
}
