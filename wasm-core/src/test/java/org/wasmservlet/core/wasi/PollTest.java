package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

@Timeout(60)
class PollTest {
  private static final long IN = 1024;
  private static final long OUT = 4096;
  private static final int CLOCK = 0;
  private static final int FD_READ = 1;
  private static final int FD_WRITE = 2;
  private static final long HOUR = Duration.ofHours(1).toNanos();

  @TempDir private Path root;
  private TestGuest guest;

  @BeforeEach
  void begin() {
    guest = TestGuest.in(root);
  }

  @AfterEach
  void end() {
    guest.close();
  }

  @ParameterizedTest
  @EnumSource(Abi.class)
  void waitsForAClock(Abi abi) throws WasiError {
    try (TestGuest other = TestGuest.of(abi, root)) {
      long begin = System.nanoTime();
      clock(other, abi, 0, 7, Clocks.MONOTONIC, 2_000_000, 0);
      clock(other, abi, 1, 8, Clocks.REALTIME, HOUR, 0);
      assertThat(other.call("poll_oneoff", IN, OUT, 2, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2_000_000);
      assertThat(other.result()).isEqualTo(1);
      assertEvent(other, 0, 7, Errno.SUCCESS, CLOCK);
    }
  }

  @Test
  void doesNotWaitWhereSomethingIsReady() throws WasiError {
    int file = guest.open("f", TestGuest.CREATE, TestGuest.BOTH);
    guest.write(file, "12345");
    guest.seek(file, 2, 0);
    clock(guest, Abi.PREVIEW_1, 0, 1, Clocks.MONOTONIC, HOUR, 0);
    descriptor(1, 2, FD_READ, file);
    descriptor(2, 3, FD_WRITE, 1);
    descriptor(3, 4, FD_READ, 99);
    descriptor(4, 5, FD_READ, 0);
    descriptor(5, 6, FD_WRITE, 0);
    descriptor(6, 7, FD_READ, TestGuest.ROOT);
    clock(guest, Abi.PREVIEW_1, 7, 8, Clocks.MONOTONIC, 0, 0);
    assertThat(guest.call("poll_oneoff", IN, OUT, 8, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.result()).isEqualTo(7);
    assertEvent(guest, 0, 2, Errno.SUCCESS, FD_READ);
    assertThat(guest.memory().readLong(OUT + 16)).isEqualTo(3);
    assertEvent(guest, 1, 3, Errno.SUCCESS, FD_WRITE);
    assertEvent(guest, 2, 4, Errno.BADF, FD_READ);
    assertEvent(guest, 3, 5, Errno.SUCCESS, FD_READ);
    assertEvent(guest, 4, 6, Errno.BADF, FD_WRITE);
    assertEvent(guest, 5, 7, Errno.BADF, FD_READ);
    assertEvent(guest, 6, 8, Errno.SUCCESS, CLOCK);
  }

  @Test
  void takesATimeThatHasPassed() throws WasiError {
    clock(guest, Abi.PREVIEW_1, 0, 1, Clocks.REALTIME, 1, 1);
    clock(guest, Abi.PREVIEW_1, 1, 2, Clocks.REALTIME, -1, 1);
    assertThat(guest.call("poll_oneoff", IN, OUT, 2, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.result()).isEqualTo(1);
    assertEvent(guest, 0, 1, Errno.SUCCESS, CLOCK);
  }

  @Test
  void sleepsNoLongerThanItMay() throws WasiError {
    Limits limits = new Limits(16, 0, 16, 4096, Duration.ofMillis(1), 1024);
    try (TestGuest other = TestGuest.in(root, MountPoint.Kind.READ_WRITE, limits)) {
      for (long timeout : new long[] {HOUR, Long.MAX_VALUE, -1}) {
        clock(other, Abi.PREVIEW_1, 0, 1, Clocks.MONOTONIC, timeout, 0);
        assertThat(other.call("poll_oneoff", IN, OUT, 1, TestGuest.RESULT)).isEqualTo(Errno.INTR);
      }
    }
  }

  @Test
  void endsTheGuestWhoseThreadIsInterrupted() throws WasiError {
    clock(guest, Abi.PREVIEW_1, 0, 1, Clocks.MONOTONIC, HOUR, 0);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> guest.call("poll_oneoff", IN, OUT, 1, TestGuest.RESULT))
        .isInstanceOf(GuestInterrupted.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesWhatMakesNoSense() throws WasiError {
    assertThat(guest.call("poll_oneoff", IN, OUT, 0, TestGuest.RESULT)).isEqualTo(Errno.INVAL);
    assertThat(guest.call("poll_oneoff", IN, OUT, 0xffff_ffffL, TestGuest.RESULT))
        .isEqualTo(Errno.INVAL);
    assertThat(guest.call("poll_oneoff", 65530, OUT, 1, TestGuest.RESULT)).isEqualTo(Errno.FAULT);
    assertThat(guest.call("poll_oneoff", IN, 65530, 1, TestGuest.RESULT)).isEqualTo(Errno.FAULT);
    clock(guest, Abi.PREVIEW_1, 0, 1, 17, HOUR, 0);
    assertThat(guest.call("poll_oneoff", IN, OUT, 1, TestGuest.RESULT)).isEqualTo(Errno.INVAL);
    descriptor(0, 1, 3, 1);
    assertThat(guest.call("poll_oneoff", IN, OUT, 1, TestGuest.RESULT)).isEqualTo(Errno.INVAL);
  }

  private static void clock(
      TestGuest guest, Abi abi, int index, long userData, int clock, long timeout, int flags)
      throws WasiError {
    long at = IN + (long) index * abi.subscriptionSize();
    int unnamed = abi == Abi.SNAPSHOT_0 ? 8 : 0;
    GuestMemory memory = guest.memory();
    memory.zero(at, abi.subscriptionSize());
    memory.writeLong(at, userData);
    memory.writeInt(at + 16 + unnamed, clock);
    memory.writeLong(at + 24 + unnamed, timeout);
    memory.writeShort(at + 40 + unnamed, flags);
  }

  private void descriptor(int index, long userData, int tag, int descriptor) throws WasiError {
    long at = IN + 48L * index;
    guest.memory().zero(at, 48);
    guest.memory().writeLong(at, userData);
    guest.memory().writeByte(at + 8, tag);
    guest.memory().writeInt(at + 16, descriptor);
  }

  private static void assertEvent(TestGuest guest, int index, long userData, Errno error, int type)
      throws WasiError {
    long at = OUT + 32L * index;
    assertThat(guest.memory().readLong(at)).isEqualTo(userData);
    assertThat(guest.memory().readShort(at + 8)).isEqualTo(error.code());
    assertThat(guest.memory().readByte(at + 10)).isEqualTo(type);
  }
}
