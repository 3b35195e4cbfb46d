package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/**
 * A program of its own, for it ruins what it uses: lets functions of files run out of stack,
 * without looking for room first, and tells the most frames for which there was room when one did.
 */
final class StackNeeds {
  private static final long STACK = 256 << 10;
  private static final int WARM_UP = 200;
  private static final long PATH = 1024;
  private static final long OTHER_PATH = 2048;
  private static final long RESULT = 64;
  private static final long VECTOR = 128;
  private static final long BOTH = Rights.FD_READ | Rights.FD_WRITE;

  private final TestGuest guest;
  private final int file;
  private final int appended;
  private int need;

  private StackNeeds(Path directory) throws WasiError {
    guest = TestGuest.in(directory);
    file = guest.open("a/b/file", 0, BOTH);
    appended = guest.open("a/b/file", 0, BOTH, FdFlags.APPEND);
  }

  /** Calls host functions. */
  private interface Work {
    void run(StackNeeds needs) throws IOException, WasiError;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/b/file"), "text");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("a/b"));
    HostClasses.initialise();
    int most = 0;
    for (Work work :
        List.<Work>of(
            needs -> needs.file().read(needs.memory(), needs.buffers(), needs.transfer()),
            needs -> needs.file().write(needs.memory(), needs.buffers(), needs.transfer()),
            needs -> needs.appended().write(needs.memory(), needs.buffers(), needs.transfer()),
            needs -> needs.call("fd_filestat_get", needs.file, OTHER_PATH),
            needs -> needs.call("fd_filestat_set_size", needs.file, 10),
            needs -> needs.call("fd_filestat_set_times", needs.file, 1, 1, 5),
            needs -> needs.call("fd_allocate", needs.file, 0, 2000),
            needs -> needs.call("fd_sync", needs.file),
            needs -> needs.stat("a/b/file"),
            needs -> needs.stat("a/b/none"),
            needs -> needs.stat("link/file"),
            needs -> needs.openAndClose("a/b/file", 0),
            needs -> needs.openAndClose("link/file", 0),
            needs -> needs.openAndClose("a/größe", 1))) {
      // A guest for each, since what has run out of stack may never answer again.
      most = Math.max(most, new StackNeeds(directory).measure(work));
    }
    print(String.valueOf(most));
    // A lock that nobody gives back would keep the guests from being closed.
    Runtime.getRuntime().halt(0);
  }

  private int measure(Work work) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      work.run(this);
    }
    Thread thread = new Thread(null, () -> descend(work), "dives", STACK);
    thread.start();
    thread.join();
    return need;
  }

  /** Works further and further down, until there is not stack enough for the first time. */
  private void descend(Work work) {
    int room = room();
    if (room < HeadRoom.FILES) {
      try {
        work.run(this);
      } catch (StackOverflowError e) {
        need = room + 1;
        return;
      } catch (IOException | WasiError e) {
        throw new IllegalStateException(e);
      }
    }
    descend(work);
  }

  /** For how many frames there is room, at most one more than the host looks for. */
  private static int room() {
    int there = 0;
    int missing = HeadRoom.FILES + 2;
    while (missing - there > 1) {
      int middle = (there + missing) >>> 1;
      try {
        HeadRoom.require(middle);
        there = middle;
      } catch (StackOverflowError e) {
        missing = middle;
      }
    }
    return there;
  }

  // Reading and writing look for room themselves: so these are the calls behind that.
  private Descriptor file() throws WasiError {
    return guest.context().descriptors().get(file);
  }

  private Descriptor appended() throws WasiError {
    return guest.context().descriptors().get(appended);
  }

  private GuestMemory memory() {
    return guest.memory();
  }

  private Buffers buffers() throws WasiError {
    memory().writeInt(VECTOR, (int) PATH);
    memory().writeInt(VECTOR + 4, 100);
    return guest.context().buffers(memory(), VECTOR, 1);
  }

  private Transfer transfer() {
    return guest.context().transfer();
  }

  private void stat(String path) throws WasiError {
    call("path_filestat_get", TestGuest.ROOT, 1, PATH, guest.text(PATH, path), OTHER_PATH);
  }

  private void openAndClose(String path, int flags) throws WasiError {
    int length = guest.text(PATH, path);
    Errno errno =
        guest.callWithoutLooking(
            "path_open", TestGuest.ROOT, 1, PATH, length, flags, BOTH, 0, 0, RESULT);
    if (errno == Errno.SUCCESS) {
      call("fd_close", guest.result());
    }
  }

  private void call(String function, long... arguments) {
    guest.callWithoutLooking(function, arguments);
  }

  private static void print(String text) {
    System.out.println(text);
  }
}
