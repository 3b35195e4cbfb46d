package org.wasmservlet.compiler;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/** The generated classes of a module as bytes. Safe for use by several threads. */
interface ClassFiles {
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

  /**
   * Classes in a buffer, which costs no heap where it is a mapped file.
   *
   * @param places offset and length of each class in the buffer
   */
  static ClassFiles in(ByteBuffer buffer, Map<String, Place> places) {
    return new ClassFiles() {
      @Override
      public Set<String> names() {
        return places.keySet();
      }

      @Override
      public byte[] bytes(String internalName) {
        Place place = places.get(internalName);
        if (place == null) {
          return null;
        }
        byte[] bytes = new byte[place.length()];
        buffer.get(place.offset(), bytes);
        return bytes;
      }
    };
  }

  /** Where a class is in a buffer. */
  record Place(int offset, int length) {}
}
