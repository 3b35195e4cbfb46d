package org.wasmservlet.core.wasi;

import java.util.List;
import org.wasmservlet.core.directory.Errno;

/** Functions of sockets, of which a guest has none. */
final class SocketFunctions {
  private static final HostCall NO_SOCKET =
      (context, memory, a) -> {
        context.descriptors().get(a[0]);
        throw Errno.NOTSOCK.error();
      };

  private SocketFunctions() {}

  /** The functions of both versions but {@code sock_accept}, which the older does not have. */
  static List<WasiFunction> all() {
    return List.of(
        WasiFunction.shallow("sock_recv", "iiiiii", NO_SOCKET),
        WasiFunction.shallow("sock_send", "iiiii", NO_SOCKET),
        WasiFunction.shallow("sock_shutdown", "ii", NO_SOCKET));
  }

  static WasiFunction accept() {
    return WasiFunction.shallow("sock_accept", "iii", NO_SOCKET);
  }
}
