package org.wasmservlet.core.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** The one connection that a guest may accept. */
class ConnectionTest {
  private static final int WAIT_FOR_ALL = 2;
  private static final int RECEIVING = 1;
  private static final int SENDING = 2;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final TestGuest guest = TestGuest.accepting(peer("hello"), sent, Limits.DEFAULT);

  @AfterEach
  void end() {
    guest.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 77, 0xffff_ffffL})
  void isGivenWhateverNumberIsListenedAt(long listening) throws WasiError {
    int connection = accept(listening);
    assertThat(connection).isEqualTo(3);
    assertThat(guest.receive(connection, 100, 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.received()).isEqualTo("hello");
    assertThat(guest.receive(connection, 100, 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.received()).as("the end").isEmpty();
    assertThat(guest.send(connection, "answer")).isEqualTo(Errno.SUCCESS);
    assertThat(guest.result()).isEqualTo(6);
    assertThat(sent).hasToString("answer");
  }

  @Test
  void endsTheRunWhenAnotherIsAskedFor() throws WasiError {
    guest.close(accept(0));
    assertThatThrownBy(() -> guest.call("sock_accept", 0, 0, TestGuest.RESULT))
        .isInstanceOfSatisfying(GuestExit.class, exit -> assertThat(exit.code()).isZero());
  }

  @Test
  void isStillThereAfterACallThatFailed() throws WasiError {
    assertThat(guest.call("sock_accept", 0, 0, 65_533)).isEqualTo(Errno.FAULT);
    assertThat(guest.call("sock_accept", 0, 32, TestGuest.RESULT)).isEqualTo(Errno.INVAL);
    assertThat(accept(0)).isEqualTo(3);
  }

  @Test
  void countsAsAnOpenFile() throws WasiError {
    Limits limits = new Limits(3, 0, 8, 8, Duration.ZERO, 0);
    try (TestGuest full = TestGuest.accepting(peer("x"), sent, limits)) {
      assertThat(full.call("sock_accept", 0, 0, TestGuest.RESULT)).isEqualTo(Errno.MFILE);
      full.close(0);
      assertThat(full.call("sock_accept", 0, 0, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
      assertThat(full.result()).isZero();
    }
  }

  @Test
  void receivesWhatThereIsOrAllThatIsAskedFor() throws WasiError {
    try (TestGuest slow = TestGuest.accepting(slowPeer("hello"), sent, Limits.DEFAULT)) {
      assertThat(slow.call("sock_accept", 0, 0, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
      int connection = slow.result();
      assertThat(slow.receive(connection, 3, 0)).isEqualTo(Errno.SUCCESS);
      assertThat(slow.received()).isEqualTo("h");
      assertThat(slow.receive(connection, 3, WAIT_FOR_ALL)).isEqualTo(Errno.SUCCESS);
      assertThat(slow.received()).isEqualTo("ell");
      assertThat(slow.receive(connection, 3, WAIT_FOR_ALL)).isEqualTo(Errno.SUCCESS);
      assertThat(slow.received()).isEqualTo("o");
    }
  }

  @Test
  void isReadAndWrittenAsAFileToo() throws WasiError {
    int connection = accept(0);
    assertThat(guest.read(connection)).isEqualTo("hello");
    assertThat(guest.write(connection, "x")).isEqualTo(Errno.SUCCESS);
    assertThat(sent).hasToString("x");
    assertThat(guest.seek(connection, 0, 0)).isEqualTo(Errno.SPIPE);
    assertThat(guest.writeAt(connection, "x", 0)).isEqualTo(Errno.SPIPE);
  }

  @Test
  void isKnownForASocket() throws WasiError {
    int connection = accept(0);
    assertThat(guest.call("fd_fdstat_get", connection, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.memory().readByte(TestGuest.RESULT)).isEqualTo(FileType.STREAM_SOCKET);
    assertThat(guest.call("fd_filestat_get", connection, TestGuest.RESULT))
        .isEqualTo(Errno.SUCCESS);
    assertThat(guest.type()).isEqualTo(FileType.STREAM_SOCKET);
    assertThat(guest.call("fd_fdstat_set_flags", connection, FdFlags.NONBLOCK))
        .isEqualTo(Errno.SUCCESS);
  }

  @Test
  void endsInEachDirectionByItself() throws WasiError {
    int connection = accept(0);
    assertThat(guest.call("sock_shutdown", connection, SENDING)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.send(connection, "x")).isEqualTo(Errno.PIPE);
    assertThat(guest.write(connection, "x")).isEqualTo(Errno.PIPE);
    assertThat(guest.receive(connection, 2, 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.received()).isEqualTo("he");
    assertThat(guest.call("sock_shutdown", connection, RECEIVING)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.receive(connection, 2, 0)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.received()).isEmpty();
    assertThat(sent.size()).isZero();
  }

  @Test
  void isReadyWhenItIsPolled() throws WasiError {
    int connection = accept(0);
    long in = 1024;
    long out = 4096;
    guest.memory().zero(in, 96);
    guest.memory().writeByte(in + 8, 1);
    guest.memory().writeInt(in + 16, connection);
    guest.memory().writeByte(in + 48 + 8, 2);
    guest.memory().writeInt(in + 48 + 16, connection);
    assertThat(guest.call("poll_oneoff", in, out, 2, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    assertThat(guest.result()).isEqualTo(2);
    assertThat(guest.memory().readShort(out + 8)).isZero();
    assertThat(guest.memory().readLong(out + 16)).isEqualTo(5);
    assertThat(guest.memory().readShort(out + 32 + 8)).isZero();
    guest.call("sock_shutdown", connection, SENDING);
    guest.call("poll_oneoff", in, out, 2, TestGuest.RESULT);
    assertThat(guest.memory().readShort(out + 32 + 8)).isEqualTo(Errno.PIPE.code());
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws WasiError {
    int connection = accept(0);
    assertThat(guest.receive(connection, 5, 1)).as("peek").isEqualTo(Errno.NOTSUP);
    assertThat(guest.receive(connection, 5, 4)).isEqualTo(Errno.INVAL);
    assertThat(guest.call("sock_shutdown", connection, 0)).isEqualTo(Errno.INVAL);
    assertThat(guest.call("sock_shutdown", connection, 4)).isEqualTo(Errno.INVAL);
    assertThat(guest.call("sock_send", connection, 128, 1, 1, TestGuest.RESULT))
        .isEqualTo(Errno.INVAL);
    assertThat(guest.call("sock_send", connection, 128, 1L << 20, 0, TestGuest.RESULT))
        .isEqualTo(Errno.INVAL);
    assertThat(guest.call("sock_recv", connection, 65_532, 1, 0, TestGuest.RESULT, 64))
        .isEqualTo(Errno.FAULT);
    assertThat(guest.receive(1, 5, 0)).isEqualTo(Errno.NOTSOCK);
    guest.close(connection);
    assertThat(guest.receive(connection, 5, 0)).isEqualTo(Errno.BADF);
  }

  @Test
  void flushesWhatWasSentBeforeItWaitsForMore() throws WasiError {
    StringBuilder events = new StringBuilder();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            events.append('w');
          }

          @Override
          public void flush() {
            events.append('f');
          }
        };
    try (TestGuest asking = TestGuest.accepting(peer("hello"), out, Limits.DEFAULT)) {
      asking.call("sock_accept", 0, 0, TestGuest.RESULT);
      int connection = asking.result();
      asking.send(connection, "?");
      assertThat(events).hasToString("w");
      asking.receive(connection, 1, 0);
      assertThat(events).hasToString("wf");
    }
  }

  @Test
  void endsTheGuestWhoseHostFails() throws WasiError {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    try (TestGuest unlucky = TestGuest.accepting(broken, sent, Limits.DEFAULT)) {
      unlucky.call("sock_accept", 0, 0, TestGuest.RESULT);
      int connection = unlucky.result();
      assertThatThrownBy(() -> unlucky.receive(connection, 1, 0))
          .isInstanceOfSatisfying(
              StreamFailure.class, e -> assertThat(e.descriptor()).isEqualTo(StreamFailure.STDIN));
    }
  }

  private int accept(long listening) throws WasiError {
    assertThat(guest.call("sock_accept", listening, 0, TestGuest.RESULT)).isEqualTo(Errno.SUCCESS);
    return guest.result();
  }

  private static InputStream peer(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** One byte at a time. */
  private static InputStream slowPeer(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(1, length));
      }

      @Override
      public int readNBytes(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, length);
      }
    };
  }
}
