package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.directory.WasiError;

/**
 * Uses every host function once before the first guest does, in a directory of its own. A class
 * that is initialised for the first time at the end of a guest's stack would fail, and be lost to
 * the whole JVM; {@link HeadRoom} does not go so far as to leave room for loading classes.
 */
final class HostClasses {
  private static final long CREATE = 1;
  private static final long SCRATCH = 1024;
  private static final long RESULT = 512;
  private static final long ROOT = 3;

  static {
    // Where a call fails here, it fails for guests, which get to know it.
    try {
      new HostClasses().useAll();
    } catch (RuntimeException | WasiError e) {
      System.getLogger(HostClasses.class.getName())
          .log(System.Logger.Level.DEBUG, "host functions could not be tried", e);
    }
  }

  private final GuestMemory memory = new GuestMemory(new ByteArrayMemory(new MemoryLimits(1, 1)));
  private final Map<String, WasiFunction> functions = FunctionTable.of(Abi.PREVIEW_1);
  private final WasiContext context =
      new WasiContext(
          List.of("program"),
          Map.of("NAME", "value"),
          List.of(
              new MountPoint(
                  "/", Path.of(System.getProperty("java.io.tmpdir")), MountPoint.Kind.PRIVATE)),
          new StandardStreams(
              new ByteArrayInputStream(new byte[8]),
              OutputStream.nullOutputStream(),
              OutputStream.nullOutputStream(),
              new Connection(
                  new ByteArrayInputStream(new byte[8]), OutputStream.nullOutputStream()),
              new GivenFile("/given", new byte[8])),
          Limits.DEFAULT);

  private HostClasses() {}

  /** Returns once every class that host functions touch is initialised. */
  static void initialise() {
    // This class's initialiser has run by now.
  }

  private void useAll() throws WasiError {
    try {
      useProgramAndClocks();
      useDirectories();
      useFiles();
      useLinks();
      useConnection();
      for (WasiFunction function : functions.values()) {
        // Each once more, with what cannot be right.
        call(function.name(), new long[function.type().params().size()]);
      }
    } finally {
      context.close();
    }
  }

  private void useProgramAndClocks() throws WasiError {
    call("args_sizes_get", RESULT, RESULT);
    call("args_get", RESULT, SCRATCH);
    call("environ_sizes_get", RESULT, RESULT);
    call("environ_get", RESULT, SCRATCH);
    call("random_get", SCRATCH, 16);
    call("sched_yield");
    for (int clock = 0; clock <= 4; clock++) {
      call("clock_res_get", clock, RESULT);
      call("clock_time_get", clock, 0, RESULT);
    }
    memory.zero(SCRATCH, 48);
    memory.writeInt(SCRATCH + 16, Clocks.MONOTONIC);
    memory.writeLong(SCRATCH + 24, 1);
    call("poll_oneoff", SCRATCH, SCRATCH + 64, 1, RESULT);
    transfer("fd_write", 1);
    transfer("fd_write", 2);
    transfer("fd_read", 0);
  }

  private void useDirectories() throws WasiError {
    path("path_create_directory", "d");
    path("path_create_directory", "d");
    path("path_create_directory", "d/e");
    path("path_remove_directory", "d");
    path("path_unlink_file", "d");
    path("path_remove_directory", "none");
    call("fd_readdir", ROOT, SCRATCH, 1000, 0, RESULT);
    call("fd_filestat_get", ROOT, SCRATCH);
    call("fd_prestat_get", ROOT, SCRATCH);
    call("fd_prestat_dir_name", ROOT, SCRATCH, 100);
    open("d/e/none", 0, Rights.FD_READ, 0);
    open("d/e", 0, Rights.FD_READ, 0);
    open("/etc", 0, Rights.FD_READ, 0);
  }

  private void useFiles() throws WasiError {
    long both = Rights.FD_READ | Rights.FD_WRITE;
    long file = open("größe", CREATE, both, 0);
    transfer("fd_write", file);
    call("fd_seek", file, 0, 0, RESULT);
    transfer("fd_read", file);
    call("fd_filestat_get", file, SCRATCH);
    call("fd_filestat_set_size", file, 1);
    call("fd_filestat_set_size", file, 100);
    call("fd_filestat_set_times", file, 1, 1, 5);
    call("fd_allocate", file, 0, 200);
    call("fd_sync", file);
    call("fd_fdstat_get", file, SCRATCH);
    call("fd_close", file);
    long appended = open("größe", 0, both, FdFlags.APPEND | FdFlags.SYNC);
    transfer("fd_write", appended);
    long name = text("größe");
    call("path_unlink_file", ROOT, SCRATCH, name);
    call("fd_filestat_get", appended, SCRATCH);
    call("fd_close", appended);
    long given = open("given", 0, Rights.FD_READ, 0);
    transfer("fd_read", given);
    call("fd_seek", given, 0, 0, RESULT);
    call("fd_filestat_get", given, SCRATCH);
    call("fd_fdstat_get", given, SCRATCH);
    call("fd_close", given);
  }

  private void useLinks() throws WasiError {
    open("f", CREATE, Rights.FD_READ, 0);
    long length = text("f");
    memory.writeByte(SCRATCH + 64, 'l');
    call("path_symlink", SCRATCH, length, ROOT, SCRATCH + 64, 1);
    call("path_readlink", ROOT, SCRATCH + 64, 1, SCRATCH + 128, 100, RESULT);
    call("path_filestat_get", ROOT, 1, SCRATCH + 64, 1, SCRATCH + 128);
    call("path_filestat_set_times", ROOT, 0, SCRATCH + 64, 1, 1, 1, 5);
    call("path_link", ROOT, 0, SCRATCH, length, ROOT, SCRATCH + 65, 0);
    memory.writeByte(SCRATCH + 65, 'm');
    call("path_link", ROOT, 0, SCRATCH, length, ROOT, SCRATCH + 65, 1);
    call("path_rename", ROOT, SCRATCH + 65, 1, ROOT, SCRATCH, length);
    call("path_rename", ROOT, SCRATCH + 65, 1, ROOT, SCRATCH, length);
  }

  private void useConnection() throws WasiError {
    call("sock_accept", 0, 0, RESULT);
    long connection = memory.readInt(RESULT);
    memory.writeInt(RESULT + 16, (int) SCRATCH);
    memory.writeInt(RESULT + 20, 4);
    call("sock_recv", connection, RESULT + 16, 1, 0, RESULT, RESULT + 8);
    call("sock_recv", connection, RESULT + 16, 1, 2, RESULT, RESULT + 8);
    call("sock_send", connection, RESULT + 16, 1, 0, RESULT);
    call("sock_shutdown", connection, 3);
    call("sock_send", connection, RESULT + 16, 1, 0, RESULT);
    try {
      call("sock_accept", 0, 0, RESULT);
    } catch (GuestExit e) {
      // As every guest ends that has answered.
    }
    call("fd_close", connection);
  }

  private long open(String path, long flags, long rights, int fdFlags) throws WasiError {
    long length = text(path);
    call("path_open", ROOT, 1, SCRATCH, length, flags, rights, 0, fdFlags, RESULT);
    return memory.readInt(RESULT);
  }

  private void path(String function, String path) throws WasiError {
    call(function, ROOT, SCRATCH, text(path));
  }

  private void transfer(String function, long descriptor) throws WasiError {
    for (int i = 0; i < 2; i++) {
      memory.writeInt(RESULT + 16 + 8 * i, (int) SCRATCH);
      memory.writeInt(RESULT + 20 + 8 * i, 8);
    }
    call(function, descriptor, RESULT + 16, 2, RESULT);
  }

  private long text(String text) throws WasiError {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    memory.write(SCRATCH, bytes, 0, bytes.length);
    return bytes.length;
  }

  private void call(String function, long... arguments) {
    functions.get(function).call(context, memory, arguments);
  }
}
