package org.wasmservlet.compiler;

/**
 * Decides how much linear memory there may be. It is asked when a memory is made and when it grows,
 * never when it is read or written.
 */
public interface MemoryLimiter {
  /** For memories that nothing limits but their own maximum. */
  MemoryLimiter UNLIMITED =
      new MemoryLimiter() {
        @Override
        public boolean reserve(long bytes) {
          return true;
        }

        @Override
        public void release(long bytes) {}
      };

  /**
   * Asks for bytes that are about to be allocated. Whoever made the memory gives them back when it
   * is not used any more; the memory itself has no end that it could tell.
   *
   * @param bytes 0 or more
   * @return false if there are not as many
   */
  boolean reserve(long bytes);

  /**
   * Gives back bytes that could not be allocated.
   *
   * @param bytes as many as were asked for
   */
  void release(long bytes);
}
