package org.wasmservlet.core.wasi;

import java.io.IOException;
import org.wasmservlet.core.directory.WasiError;

/** What a host function does. */
@FunctionalInterface
interface HostCall {
  /**
   * Does it.
   *
   * @param arguments as the guest passes them, those of 32 bits as unsigned numbers
   * @throws WasiError if it fails with an error number
   * @throws IOException if the host fails, in a way that {@link IoErrors} finds the number of
   */
  void call(WasiContext context, GuestMemory memory, long[] arguments)
      throws IOException, WasiError;
}
