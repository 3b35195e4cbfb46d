package org.wasmservlet.core;

import java.util.Arrays;
import org.wasmservlet.core.module.ModuleBinary;

/** A module's bytes, told by their digest, and what its code is to be good for. Immutable. */
final class ContentKey {
  // No record, as FileKey.
  private final byte[] digest;
  private final ModuleUse use;

  ContentKey(ModuleBinary binary, ModuleUse use) {
    this.digest = binary.digest();
    this.use = use;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentKey key
        && use.equals(key.use)
        && Arrays.equals(digest, key.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest) * 31 + use.hashCode();
  }
}
