package org.wasmservlet.core.wasi;

import java.security.SecureRandom;
import java.util.Random;

/**
 * The source of {@code random_get}: unpredictable, of its own for each run, and made when it is
 * first asked, since many guests never do. Chicory's default is neither secure nor even different
 * from one JVM to the next.
 */
final class LazySecureRandom extends Random {
  private static final long serialVersionUID = 1L;

  private transient SecureRandom source;

  LazySecureRandom() {
    super(0);
  }

  @Override
  protected int next(int bits) {
    return source().nextInt() >>> (Integer.SIZE - bits);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source().nextBytes(bytes);
  }

  private SecureRandom source() {
    if (source == null) {
      source = new SecureRandom();
    }
    return source;
  }
}
