package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * {@code poll_oneoff}: waits for the first of several things. Files and standard output are always
 * ready; standard input is too, because nothing but a read tells whether a read would wait.
 */
final class Poll {
  private static final int CLOCK = 0;
  private static final int FD_READ = 1;
  private static final int FD_WRITE = 2;
  private static final int ABSOLUTE = 1;

  /** Where in a subscription its kind and what belongs to it begin. */
  private static final int TAG = 8;

  private static final int CONTENTS = 16;
  private static final int EVENT = 32;

  private final WasiContext context;
  private final GuestMemory memory;
  private final Abi abi;
  private final long in;
  private final int count;
  private long out;
  private int events;
  private boolean slept;

  private Poll(WasiContext context, GuestMemory memory, Abi abi, long[] a) {
    this.context = context;
    this.memory = memory;
    this.abi = abi;
    this.in = a[0];
    this.out = a[1];
    this.count = (int) a[2];
  }

  static WasiFunction function(Abi abi) {
    return WasiFunction.deep("poll_oneoff", "iiii", (context, m, a) -> poll(context, m, abi, a));
  }

  private static void poll(WasiContext context, GuestMemory memory, Abi abi, long[] a)
      throws IOException, WasiError {
    if (a[2] == 0 || a[2] > context.limits().vectors()) {
      throw Errno.INVAL.error();
    }
    memory.check(a[0], a[2] * abi.subscriptionSize());
    memory.check(a[1], a[2] * EVENT);
    memory.check(a[3], Integer.BYTES);
    // Who is about to wait has said what there was to say: let the reader have it.
    context.answer().flushIfWritten();
    Poll poll = new Poll(context, memory, abi, a);
    poll.run();
    memory.writeInt(a[3], poll.events);
  }

  private void run() throws IOException, WasiError {
    // Events may be written over subscriptions: all of these are read first.
    byte[] subscriptions = memory.read(in, count * abi.subscriptionSize());
    GuestBytes bytes = new GuestBytes(subscriptions);
    long wait = Long.MAX_VALUE;
    long[] waits = new long[count];
    for (int i = 0; i < count; i++) {
      int at = i * abi.subscriptionSize();
      int tag = bytes.byteAt(at + TAG);
      if (tag > FD_WRITE) {
        throw Errno.INVAL.error();
      }
      if (tag == CLOCK) {
        waits[i] = remaining(bytes, at + abi.subscriptionClock());
        wait = Math.min(wait, waits[i]);
      }
    }
    for (int i = 0; i < count; i++) {
      int at = i * abi.subscriptionSize();
      int tag = bytes.byteAt(at + TAG);
      if (tag != CLOCK) {
        ready(bytes.longAt(at), tag, bytes.intAt(at + CONTENTS));
      }
    }
    if (events == 0) {
      sleep(wait);
    }
    for (int i = 0; i < count; i++) {
      int at = i * abi.subscriptionSize();
      // What has been ready all along did not wait: only a clock that has run out by now counts.
      if (bytes.byteAt(at + TAG) == CLOCK && waits[i] <= (slept ? wait : 0)) {
        event(bytes.longAt(at), Errno.SUCCESS, CLOCK, 0);
      }
    }
  }

  /** Nanoseconds until a clock shows a time. */
  private long remaining(GuestBytes bytes, int at) throws WasiError {
    int clock = bytes.intAt(at);
    long timeout = bytes.longAt(at + 8);
    int flags = bytes.shortAt(at + 24);
    long now = context.clocks().now(GuestMemory.u32(clock));
    // An unsigned number: what does not fit is later than any other time.
    long given = timeout < 0 ? Long.MAX_VALUE : timeout;
    return (flags & ABSOLUTE) == 0 ? given : Math.max(0, given - now);
  }

  private void sleep(long nanos) throws WasiError {
    long longest = context.limits().sleep().toNanos();
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(nanos, longest));
    } catch (InterruptedException e) {
      throw GuestInterrupted.again();
    }
    if (nanos > longest) {
      throw Errno.INTR.error();
    }
    slept = true;
  }

  private void ready(long userData, int tag, int number) throws IOException, WasiError {
    Errno error = Errno.SUCCESS;
    long bytes = 0;
    try {
      Descriptor descriptor = context.descriptors().get(GuestMemory.u32(number));
      if (tag == FD_READ) {
        bytes = descriptor.readable();
      } else {
        descriptor.requireWritable();
        bytes = Transfer.CHUNK;
      }
    } catch (WasiError e) {
      error = e.errno();
    }
    event(userData, error, tag, bytes);
  }

  private void event(long userData, Errno error, int tag, long bytes) throws WasiError {
    memory.zero(out, EVENT);
    memory.writeLong(out, userData);
    memory.writeShort(out + 8, error.code());
    memory.writeByte(out + 10, tag);
    memory.writeLong(out + 16, bytes);
    out += EVENT;
    events++;
  }
}
