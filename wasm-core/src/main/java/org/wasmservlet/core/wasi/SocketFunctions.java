package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.List;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * Functions of sockets. A guest has none but the connection that it accepts, and that only where
 * its host gives it one.
 */
final class SocketFunctions {
  /** Bits of the witx type {@code riflags}. */
  private static final int PEEK = 1;

  private static final int WAIT_FOR_ALL = 1 << 1;

  /** Bits of the witx type {@code sdflags}. */
  private static final int RECEIVING = 1;

  private static final int SENDING = 1 << 1;

  private SocketFunctions() {}

  /** The functions of both versions but {@code sock_accept}, which the older does not have. */
  static List<WasiFunction> all() {
    return List.of(
        WasiFunction.shallow("sock_recv", "iiiiii", SocketFunctions::receive),
        WasiFunction.shallow("sock_send", "iiiii", SocketFunctions::send),
        WasiFunction.shallow("sock_shutdown", "ii", SocketFunctions::shutdown));
  }

  static WasiFunction accept() {
    return WasiFunction.shallow("sock_accept", "iii", SocketFunctions::accept);
  }

  /**
   * Gives the connection whatever number the guest listens at: a program whose libc has no {@code
   * listen} names none that means anything. Whoever asks for a second one has done its work.
   */
  private static void accept(WasiContext context, GuestMemory memory, long[] a) throws WasiError {
    if (!context.acceptsConnection()) {
      context.descriptors().get(a[0]);
      throw Errno.NOTSOCK.error();
    }
    if ((a[1] & ~FdFlags.ALL) != 0) {
      throw Errno.INVAL.error();
    }
    memory.check(a[2], Integer.BYTES);
    context.descriptors().requireRoom(1);
    memory.writeInt(a[2], context.descriptors().add(context.accept()));
  }

  private static void receive(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    ConnectionDescriptor connection = connection(context, a);
    if ((a[3] & ~(PEEK | WAIT_FOR_ALL)) != 0) {
      throw Errno.INVAL.error();
    }
    if ((a[3] & PEEK) != 0) {
      throw Errno.NOTSUP.error();
    }
    connection.requireRoom();
    memory.check(a[4], Integer.BYTES);
    memory.check(a[5], Short.BYTES);
    Buffers buffers = context.buffers(memory, a[1], a[2]);
    boolean all = (a[3] & WAIT_FOR_ALL) != 0;
    memory.writeInt(a[4], connection.receive(memory, buffers, context.transfer(), all));
    memory.writeShort(a[5], 0);
  }

  private static void send(WasiContext context, GuestMemory memory, long[] a)
      throws IOException, WasiError {
    ConnectionDescriptor connection = connection(context, a);
    if (a[3] != 0) {
      throw Errno.INVAL.error();
    }
    connection.requireRoom();
    memory.check(a[4], Integer.BYTES);
    Buffers buffers = context.buffers(memory, a[1], a[2]);
    memory.writeInt(a[4], connection.write(memory, buffers, context.transfer()));
  }

  private static void shutdown(WasiContext context, GuestMemory memory, long[] a) throws WasiError {
    ConnectionDescriptor connection = connection(context, a);
    if (a[1] == 0 || (a[1] & ~(RECEIVING | SENDING)) != 0) {
      throw Errno.INVAL.error();
    }
    connection.shutdown((a[1] & RECEIVING) != 0, (a[1] & SENDING) != 0);
  }

  private static ConnectionDescriptor connection(WasiContext context, long[] a) throws WasiError {
    if (context.descriptors().get(a[0]) instanceof ConnectionDescriptor connection) {
      return connection;
    }
    throw Errno.NOTSOCK.error();
  }
}
