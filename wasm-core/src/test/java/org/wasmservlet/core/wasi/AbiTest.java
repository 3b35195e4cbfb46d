package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

class AbiTest {
  @TempDir private Path root;

  @Test
  void hasEveryFunctionOfBothVersions() {
    // proc_exit is one more.
    assertThat(FunctionTable.of(Abi.PREVIEW_1)).hasSize(45);
    assertThat(FunctionTable.of(Abi.SNAPSHOT_0)).hasSize(44);
    assertThat(FunctionTable.type("wasi_snapshot_preview1", "sock_accept")).isNotNull();
    assertThat(FunctionTable.type("wasi_unstable", "sock_accept")).isNull();
    assertThat(FunctionTable.type("wasi_unstable", "proc_exit")).isNotNull();
    assertThat(FunctionTable.type("env", "fd_read")).isNull();
  }

  @Test
  void laysStructuresOutAsTheOlderVersionDid() throws WasiError {
    try (TestGuest old = TestGuest.of(Abi.SNAPSHOT_0, root)) {
      int file = old.open("f", TestGuest.CREATE, TestGuest.BOTH);
      old.write(file, "12345");
      GuestMemory memory = old.memory();
      memory.writeLong(TestGuest.RESULT + 56, -1);
      assertThat(old.call("fd_filestat_get", file, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
      assertThat(memory.readByte(TestGuest.RESULT + 16)).isEqualTo(FileType.REGULAR_FILE);
      assertThat(memory.readInt(TestGuest.RESULT + 20)).isEqualTo(1);
      assertThat(memory.readLong(TestGuest.RESULT + 24)).isEqualTo(5);
      assertThat(memory.readLong(TestGuest.RESULT + 48)).isPositive();
      assertThat(memory.readLong(TestGuest.RESULT + 56)).isEqualTo(-1);
      assertThat(old.stat("f", 0)).isEqualTo(Errno.SUCCESS);
      assertThat(memory.readLong(TestGuest.RESULT + 24)).isEqualTo(5);
      // Current, end, start.
      old.seek(file, -1, 0);
      assertThat(old.result()).isEqualTo(4);
      old.seek(file, -2, 1);
      assertThat(old.result()).isEqualTo(3);
      old.seek(file, 1, 2);
      assertThat(old.result()).isEqualTo(1);
    }
  }

  @Test
  void tellsTheTimeOfEveryClock() throws WasiError {
    try (TestGuest guest = TestGuest.in(root)) {
      for (int clock = 0; clock < 4; clock++) {
        assertThat(guest.call("clock_res_get", clock, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readLong(TestGuest.RESULT)).isPositive();
        assertThat(guest.call("clock_time_get", clock, 0, TestGuest.RESULT))
            .isEqualTo(Errno.SUCCESS);
        long first = guest.memory().readLong(TestGuest.RESULT);
        guest.call("clock_time_get", clock, 0, TestGuest.RESULT);
        assertThat(guest.memory().readLong(TestGuest.RESULT)).isGreaterThanOrEqualTo(first);
        assertThat(first).isNotNegative();
      }
      assertThat(guest.call("clock_time_get", 4, 0, TestGuest.RESULT)).isEqualTo(Errno.INVAL);
      assertThat(guest.call("clock_time_get", 0xffff_ffffL, 0, TestGuest.RESULT))
          .isEqualTo(Errno.INVAL);
    }
  }
}
