package org.wasmservlet.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunLockTest {
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = directory.resolve("site.lock");
  }

  @Test
  void isOneForAllWhoNameTheFile() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    try (RunLock one = RunLock.open(file);
        RunLock other = RunLock.open(link.resolve("./site.lock"))) {
      assertThat(one.acquire(SHORT)).isTrue();
      assertThat(other.acquire(SHORT)).isFalse();
      one.release();
      assertThat(other.acquire(SHORT)).isTrue();
      other.release();
    }
  }

  @Test
  void waitsForAnotherCopyOfTheLibraryInThisJvm() throws Exception {
    try (RunLock lock = RunLock.open(file);
        FileChannel another = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var theirs = another.lock();
      assertThat(lock.acquire(SHORT)).isFalse();
      theirs.release();
      assertThat(lock.acquire(LONG)).isTrue();
      assertThat(lock.acquire(SHORT)).as("the one who has it has it alone").isFalse();
      lock.release();
    }
  }

  @Test
  void waitsForAnotherJvm() throws Exception {
    Process another =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (RunLock lock = RunLock.open(file)) {
      InputStream said = another.getInputStream();
      assertThat(said.read()).isEqualTo('!');
      assertThat(lock.acquire(SHORT)).isFalse();
      another.getOutputStream().close();
      assertThat(lock.acquire(LONG)).isTrue();
      lock.release();
    } finally {
      another.destroyForcibly();
    }
  }

  /** The other JVM: has the lock until its input ends. */
  static final class Holder {
    public static void main(String[] args) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        System.out.print(lock.isValid() ? "!" : "?");
        System.out.flush();
        System.in.read();
      }
    }
  }

  @Test
  void isKeptByWhoHasItWhenTheRouteIsClosed() throws Exception {
    RunLock lock = RunLock.open(file);
    assertThat(lock.acquire(SHORT)).isTrue();
    lock.close();
    try (RunLock next = RunLock.open(file)) {
      assertThat(next).isSameAs(lock);
      assertThat(next.acquire(SHORT)).isFalse();
      lock.release();
      assertThat(next.acquire(SHORT)).isTrue();
      next.release();
    }
    try (RunLock anew = RunLock.open(file)) {
      assertThat(anew).isNotSameAs(lock);
    }
  }

  @Test
  void keepsGuestsOfAnotherRouteOut() throws Exception {
    try (Admission one = new Admission(1, 0, Duration.ofMillis(1), RunLock.open(file));
        Admission other = new Admission(1, 0, Duration.ofMillis(1), RunLock.open(file))) {
      assertThat(one.enter()).isTrue();
      assertThat(other.enter()).isFalse();
      assertThat(other.running()).isZero();
      one.leave();
      assertThat(other.enter()).isTrue();
      other.leave();
    }
  }
}
