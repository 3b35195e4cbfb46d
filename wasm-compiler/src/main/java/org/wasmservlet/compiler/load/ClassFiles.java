package org.wasmservlet.compiler.load;

import java.util.Map;
import java.util.Set;

/** The generated classes of a module as bytes. Safe for use by several threads. */
public interface ClassFiles {
  /** Internal names of the classes. */
  Set<String> names();

  /**
   * The bytes of a class.
   *
   * @return null if there is none of that name
   */
  byte[] bytes(String internalName);

  /** Classes that have just been generated. */
  static ClassFiles of(Map<String, byte[]> classes) {
    return new ClassFiles() {
      @Override
      public Set<String> names() {
        return classes.keySet();
      }

      @Override
      public byte[] bytes(String internalName) {
        return classes.get(internalName);
      }
    };
  }
}
