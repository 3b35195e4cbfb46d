package org.wasmservlet.core;

import org.wasmservlet.core.module.ModuleFile;

/** A module's file at one point in time, and what its code is to be good for. Immutable. */
final class FileKey {
  // No record: the JDK's own equals and hashCode of a record keep the record's class, and with it
  // the class loader of a web application that has long been undeployed.
  final ModuleFile file;
  final ModuleUse use;

  FileKey(ModuleFile file, ModuleUse use) {
    this.file = file;
    this.use = use;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileKey key && use.equals(key.use) && file.equals(key.file);
  }

  @Override
  public int hashCode() {
    return file.hashCode() * 31 + use.hashCode();
  }
}
