package org.wasmservlet.compiler.runtime;

/**
 * Carries what a host function threw through compiled code, so that it is not mistaken for a trap
 * of the guest.
 */
final class HostFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostFailure(RuntimeException thrown) {
    super(null, thrown, false, false);
  }
}
