package org.wasmservlet.core.wasi;

import java.security.SecureRandom;
import org.wasmservlet.core.directory.WasiError;

/**
 * Unpredictable bytes, from a generator of each run's own, made when it is first asked: many guests
 * never do.
 */
final class RandomSource {
  private static final int CHUNK = 8 << 10;

  private SecureRandom random;

  void fill(GuestMemory memory, long pointer, long length) throws WasiError {
    memory.check(pointer, length);
    if (random == null) {
      random = new SecureRandom();
    }
    byte[] bytes = new byte[(int) Math.min(length, CHUNK)];
    for (long done = 0; done < length; done += bytes.length) {
      GuestInterrupted.check();
      random.nextBytes(bytes);
      memory.write(pointer + done, bytes, 0, (int) Math.min(length - done, bytes.length));
    }
  }
}
