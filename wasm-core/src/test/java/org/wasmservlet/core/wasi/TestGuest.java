package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** Calls host functions as a guest would, without one: it has one page of memory. */
final class TestGuest implements AutoCloseable {
  /** The descriptor of the first mount. */
  static final int ROOT = 3;

  static final long READ = Rights.FD_READ;
  static final long WRITE = Rights.FD_WRITE;
  static final long BOTH = READ | WRITE;
  static final int CREATE = 1;
  static final int DIRECTORY = 2;
  static final int EXCLUSIVE = 4;
  static final int TRUNCATE = 8;
  static final int FOLLOW = 1;

  /** Where results go; paths and buffers are elsewhere. */
  static final long RESULT = 64;

  private static final long VECTOR = 128;
  private static final long PATH = 1024;
  private static final long OTHER_PATH = 8192;
  private static final long BUFFER = 16384;

  private final GuestMemory memory = new GuestMemory(new ByteArrayMemory(new MemoryLimits(1, 1)));
  private final Map<String, WasiFunction> functions;
  private final WasiContext context;

  private TestGuest(Abi abi, List<MountPoint> mounts, StandardStreams streams, Limits limits) {
    this.functions = FunctionTable.of(abi);
    this.context = new WasiContext(List.of("guest"), Map.of(), mounts, streams, limits);
  }

  static TestGuest in(Path directory) {
    return in(directory, MountPoint.Kind.READ_WRITE, Limits.DEFAULT);
  }

  static TestGuest in(Path directory, MountPoint.Kind kind, Limits limits) {
    return new TestGuest(
        Abi.PREVIEW_1, List.of(new MountPoint("/", directory, kind)), streams(), limits);
  }

  static TestGuest of(Abi abi, Path directory) {
    return new TestGuest(
        abi,
        List.of(new MountPoint("/", directory, MountPoint.Kind.READ_WRITE)),
        streams(),
        Limits.DEFAULT);
  }

  static TestGuest of(Abi abi, List<MountPoint> mounts, Limits limits) {
    return new TestGuest(abi, mounts, streams(), limits);
  }

  static TestGuest with(List<MountPoint> mounts) {
    return new TestGuest(Abi.PREVIEW_1, mounts, streams(), Limits.DEFAULT);
  }

  /** A guest that may accept a connection, and has no directory. */
  static TestGuest accepting(InputStream in, OutputStream out, Limits limits) {
    return new TestGuest(
        Abi.PREVIEW_1,
        List.of(),
        new StandardStreams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            new Connection(in, out),
            null),
        limits);
  }

  private static StandardStreams streams() {
    return new StandardStreams(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream());
  }

  WasiContext context() {
    return context;
  }

  GuestMemory memory() {
    return memory;
  }

  Errno call(String function, long... arguments) {
    return functions.get(function).call(context, memory, arguments);
  }

  /** Calls a function that does not look for room on the stack. */
  Errno callWithoutLooking(String function, long... arguments) {
    return functions.get(function).invoke(context, memory, arguments);
  }

  /** Opens a file that can be opened. */
  int open(String path, int openFlags, long rights) throws WasiError {
    return open(path, openFlags, rights, 0);
  }

  int open(String path, int openFlags, long rights, int fdFlags) throws WasiError {
    assertThat(tryOpen(path, FOLLOW, openFlags, rights, fdFlags)).as(path).isEqualTo(Errno.SUCCESS);
    return result();
  }

  Errno tryOpen(String path, int openFlags, long rights) throws WasiError {
    return tryOpen(path, FOLLOW, openFlags, rights, 0);
  }

  Errno tryOpen(String path, int lookup, int openFlags, long rights, int fdFlags) throws WasiError {
    return tryOpenAt(ROOT, path, lookup, openFlags, rights, fdFlags);
  }

  Errno tryOpenAt(int directory, String path, int lookup, int openFlags, long rights, int fdFlags)
      throws WasiError {
    int length = text(PATH, path);
    return call(
        "path_open", directory, lookup, PATH, length, openFlags, rights, 0, fdFlags, RESULT);
  }

  void close(int descriptor) {
    assertThat(call("fd_close", descriptor)).isEqualTo(Errno.SUCCESS);
  }

  /** Writes one buffer. */
  Errno write(int descriptor, String text) throws WasiError {
    int length = text(BUFFER, text);
    vector(BUFFER, length);
    return call("fd_write", descriptor, VECTOR, 1, RESULT);
  }

  Errno writeAt(int descriptor, String text, long position) throws WasiError {
    int length = text(BUFFER, text);
    vector(BUFFER, length);
    return call("fd_pwrite", descriptor, VECTOR, 1, position, RESULT);
  }

  /** Reads into one buffer. */
  Errno tryRead(int descriptor) throws WasiError {
    vector(BUFFER, 1000);
    return call("fd_read", descriptor, VECTOR, 1, RESULT);
  }

  String read(int descriptor) throws WasiError {
    assertThat(tryRead(descriptor)).isEqualTo(Errno.SUCCESS);
    return string(BUFFER, result());
  }

  /** Receives into one buffer of so many bytes. */
  Errno receive(int descriptor, int bytes, int flags) throws WasiError {
    vector(BUFFER, bytes);
    return call("sock_recv", descriptor, VECTOR, 1, flags, RESULT, RESULT + 8);
  }

  /** What the last successful reading gave. */
  String received() throws WasiError {
    return string(BUFFER, result());
  }

  Errno send(int descriptor, String text) throws WasiError {
    int length = text(BUFFER, text);
    vector(BUFFER, length);
    return call("sock_send", descriptor, VECTOR, 1, 0, RESULT);
  }

  Errno seek(int descriptor, long offset, int whence) {
    return call("fd_seek", descriptor, offset, whence, RESULT);
  }

  Errno path(String function, String path) throws WasiError {
    return call(function, ROOT, PATH, text(PATH, path));
  }

  Errno stat(String path, int lookup) throws WasiError {
    return call("path_filestat_get", ROOT, lookup, PATH, text(PATH, path), RESULT);
  }

  /** The type in what the last successful stat gave. */
  int type() throws WasiError {
    return memory.readByte(RESULT + 16);
  }

  long links() throws WasiError {
    return memory.readLong(RESULT + 24);
  }

  long size() throws WasiError {
    return memory.readLong(RESULT + 32);
  }

  long inode() throws WasiError {
    return memory.readLong(RESULT + 8);
  }

  Errno rename(String from, String to) throws WasiError {
    int length = text(PATH, from);
    return call("path_rename", ROOT, PATH, length, ROOT, OTHER_PATH, text(OTHER_PATH, to));
  }

  Errno link(String from, String to) throws WasiError {
    int length = text(PATH, from);
    return call("path_link", ROOT, 0, PATH, length, ROOT, OTHER_PATH, text(OTHER_PATH, to));
  }

  Errno symlink(String target, String path) throws WasiError {
    int length = text(PATH, target);
    return call("path_symlink", PATH, length, ROOT, OTHER_PATH, text(OTHER_PATH, path));
  }

  Errno readLink(String path) throws WasiError {
    return call("path_readlink", ROOT, PATH, text(PATH, path), BUFFER, 1000, RESULT);
  }

  /** What the last successful reading of a link gave. */
  String target() throws WasiError {
    return string(BUFFER, result());
  }

  Errno setTimes(String path, int lookup, long accessed, long modified, int flags)
      throws WasiError {
    return call(
        "path_filestat_set_times", ROOT, lookup, PATH, text(PATH, path), accessed, modified, flags);
  }

  /** One entry of a listing. */
  record Entry(String name, int type, long inode, long next) {}

  /** Reads entries into a buffer of a given size; the last that is cut off is left out. */
  List<Entry> list(int directory, long cookie, int bufferSize) throws WasiError {
    assertThat(call("fd_readdir", directory, BUFFER, bufferSize, cookie, RESULT))
        .isEqualTo(Errno.SUCCESS);
    int used = result();
    assertThat(used).isLessThanOrEqualTo(bufferSize);
    List<Entry> entries = new ArrayList<>();
    long at = BUFFER;
    while (at + 24 <= BUFFER + used) {
      int length = memory.readInt(at + 16);
      if (at + 24 + length > BUFFER + used) {
        break;
      }
      entries.add(
          new Entry(
              string(at + 24, length),
              memory.readByte(at + 20),
              memory.readLong(at + 8),
              memory.readLong(at)));
      at += 24 + length;
    }
    return entries;
  }

  /** Reads all entries. */
  List<Entry> listAll(int directory, int bufferSize) throws WasiError {
    List<Entry> all = new ArrayList<>();
    long cookie = 0;
    while (true) {
      List<Entry> some = list(directory, cookie, bufferSize);
      all.addAll(some);
      if (result() < bufferSize) {
        return all;
      }
      cookie = some.get(some.size() - 1).next();
    }
  }

  int result() throws WasiError {
    return memory.readInt(RESULT);
  }

  private void vector(long pointer, int length) throws WasiError {
    memory.writeInt(VECTOR, (int) pointer);
    memory.writeInt(VECTOR + 4, length);
  }

  /** Writes a text into memory. Returns its length in bytes. */
  int text(long at, String text) throws WasiError {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    memory.write(at, bytes, 0, bytes.length);
    return bytes.length;
  }

  private String string(long at, int length) throws WasiError {
    return new String(memory.read(at, length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    context.close();
  }
}
