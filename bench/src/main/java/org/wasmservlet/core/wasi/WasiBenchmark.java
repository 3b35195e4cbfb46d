package org.wasmservlet.core.wasi;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.wasmservlet.core.module.UnknownImport;

/** What host functions cost, beside Chicory's own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WasiBenchmark {
  private static final int ENTRIES = 50_000;
  private static final int PATH = 64;
  private static final int VECTOR = 128;
  private static final int RESULT = 192;
  private static final int BUFFER = 65536;
  private static final int LARGE = 65536;
  private static final int DIRECTORY_FLAG = 2;

  /** The directory's descriptors: the same one, given twice. */
  private static final int READ_WRITE = 3;

  private static final int READ_ONLY = 4;

  /** Whose functions. */
  @Param({"wasm-servlet", "chicory"})
  public String host;

  private final Map<String, ImportFunction> functions = new HashMap<>();
  private Path directory;
  private AutoCloseable opened;
  private Instance instance;
  private Memory memory;
  private int file;

  /** Makes files and an instance. */
  @Setup
  public void open() throws Exception {
    directory = Files.createTempDirectory("wasi");
    Files.createDirectories(directory.resolve("a/b"));
    Files.write(directory.resolve("a/b/file"), new byte[LARGE]);
    Files.write(directory.resolve("file"), new byte[1]);
    WasmModule module;
    try (InputStream in = WasiBenchmark.class.getResourceAsStream("/wasi-calls.wasm")) {
      module = Parser.parse(in);
    }
    ImportValues imports = host.equals("chicory") ? chicorys() : ours(module);
    for (ImportFunction function : imports.functions()) {
      functions.put(function.name(), function);
    }
    instance =
        Instance.builder(module)
            .withMemoryFactory(ByteArrayMemory::new)
            .withImportValues(imports)
            .build();
    memory = instance.memory();
    file = openPath(READ_WRITE, "a/b/file", 0);
  }

  private ImportValues ours(WasmModule module) {
    WasiHost ours =
        WasiHost.open(
            List.of(),
            Map.of(),
            List.of(
                new MountPoint("/", directory, MountPoint.Kind.READ_WRITE),
                new MountPoint("/app", directory, MountPoint.Kind.READ_ONLY)),
            new StandardStreams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream()),
            Limits.of(256, Long.MAX_VALUE));
    opened = ours;
    return ours.imports(module, UnknownImport::bind);
  }

  private ImportValues chicorys() {
    WasiPreview1 theirs =
        WasiPreview1.builder()
            .withOptions(
                WasiOptions.builder()
                    .withDirectory("/", directory)
                    .withDirectory("/app", directory)
                    .build())
            .build();
    opened = theirs;
    return ImportValues.builder().addFunction(theirs.toHostFunctions()).build();
  }

  /** Deletes the files. */
  @TearDown
  public void close() throws Exception {
    opened.close();
    try (var files = Files.walk(directory)) {
      for (Path path : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  /** path_open and fd_close, two directories deep. */
  @Benchmark
  public void openAndClose() {
    call("fd_close", openPath(READ_WRITE, "a/b/file", 0));
  }

  /** path_open and fd_close, two directories deep where the program may only read. */
  @Benchmark
  public void openAndCloseReadOnly() {
    call("fd_close", openPath(READ_ONLY, "a/b/file", 0));
  }

  /** path_open and fd_close, in the directory that the program was given. */
  @Benchmark
  public void openAndCloseAtTheTop() {
    call("fd_close", openPath(READ_WRITE, "file", 0));
  }

  /** path_filestat_get, two directories deep. */
  @Benchmark
  public long stat() {
    return call("path_filestat_get", 3, 1, PATH, path("a/b/file"), RESULT);
  }

  /** fd_seek and fd_read of a byte. */
  @Benchmark
  public long readByte() {
    return transfer("fd_read", 1);
  }

  /** fd_seek and fd_read of 64 KiB. */
  @Benchmark
  public long readLarge() {
    return transfer("fd_read", LARGE);
  }

  /** fd_seek and fd_write of a byte. */
  @Benchmark
  public long writeByte() {
    return transfer("fd_write", 1);
  }

  /** fd_seek and fd_write of 64 KiB. */
  @Benchmark
  public long writeLarge() {
    return transfer("fd_write", LARGE);
  }

  /** Makes a large directory for the one benchmark that lists it. */
  @State(Scope.Benchmark)
  public static class ManyEntries {
    /** Makes the files; they are deleted with the others. */
    @Setup
    public void create(WasiBenchmark benchmark) throws IOException {
      Path many = Files.createDirectory(benchmark.directory.resolve("many"));
      for (int i = 0; i < ENTRIES; i++) {
        Files.createFile(many.resolve("entry" + i));
      }
    }
  }

  /** fd_readdir, 64 KiB at a time, of all 50,000 entries. */
  @Benchmark
  public int list(ManyEntries entriesThatThereAre) {
    int many = openPath(READ_WRITE, "many", DIRECTORY_FLAG);
    int entries = 0;
    long cookie = 0;
    int used;
    do {
      call("fd_readdir", many, BUFFER, LARGE, cookie, RESULT);
      used = memory.readInt(RESULT);
      int at = BUFFER;
      int end = BUFFER + used;
      while (at + 24 <= end && at + 24 + memory.readInt(at + 16) <= end) {
        cookie = memory.readLong(at);
        at += 24 + memory.readInt(at + 16);
        entries++;
      }
    } while (used == LARGE);
    call("fd_close", many);
    if (entries < ENTRIES) {
      throw new IllegalStateException("saw " + entries);
    }
    return entries;
  }

  /** clock_time_get. */
  @Benchmark
  public long clock() {
    return call("clock_time_get", 1, 0, RESULT);
  }

  private long transfer(String function, int length) {
    call("fd_seek", file, 0, 0, RESULT);
    memory.writeI32(VECTOR, BUFFER);
    memory.writeI32(VECTOR + 4, length);
    return call(function, file, VECTOR, 1, RESULT);
  }

  private int openPath(int in, String name, int flags) {
    // No one may write to a directory, and nothing may be written in a read-only one.
    long rights =
        flags == DIRECTORY_FLAG
            ? Rights.FD_READDIR
            : in == READ_ONLY ? Rights.FD_READ | Rights.FD_SEEK : Rights.FILE;
    call("path_open", in, 1, PATH, path(name), flags, rights, rights, 0, RESULT);
    return memory.readInt(RESULT);
  }

  private int path(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    memory.write(PATH, bytes, 0, bytes.length);
    return bytes.length;
  }

  private long call(String function, long... arguments) {
    long errno = functions.get(function).handle().apply(instance, arguments)[0];
    if (errno != 0) {
      throw new IllegalStateException(function + Arrays.toString(arguments) + ": " + errno);
    }
    return errno;
  }
}
