package org.wasmservlet.core;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.wasmservlet.compiler.CompiledMachine;
import org.wasmservlet.core.module.CompiledModule;
import org.wasmservlet.core.module.UnknownImport;
import org.wasmservlet.core.wasi.Connection;
import org.wasmservlet.core.wasi.GivenFile;
import org.wasmservlet.core.wasi.Limits;
import org.wasmservlet.core.wasi.StandardStreams;
import org.wasmservlet.core.wasi.WasiHost;

/**
 * One run of a configuration, on the calling thread: an instance and a WASI context of its own,
 * which nothing outlives. Not thread-safe, and used once.
 */
public final class WasmExecution {
  private final Start start;
  private final WasmConfig config;
  private Map<String, String> perRequest = Map.of();
  private InputStream stdin = InputStream.nullInputStream();
  private OutputStream stdout = OutputStream.nullOutputStream();
  private OutputStream stderr = OutputStream.nullOutputStream();
  private Connection connection =
      new Connection(InputStream.nullInputStream(), OutputStream.nullOutputStream());
  private GivenFile file;
  private MemoryShare share = MemoryBudget.shared().rest();
  private Duration memoryWait = Duration.ZERO;
  private Duration timeout;
  private Duration alreadyTook = Duration.ZERO;
  private boolean used;

  // Times of the run by System.nanoTime, written by the thread that runs it.
  private long begun;
  private long instantiated;
  private long ended;
  private long peakMemory;

  private WasmExecution(Start start) {
    this.start = start;
    this.config = start.config();
    this.timeout = config.limits().timeout();
  }

  static WasmExecution of(Start start) {
    return new WasmExecution(start);
  }

  /**
   * Prepares a run with an empty standard input, whose output is discarded.
   *
   * @param config what to run
   * @return a run that has not begun
   */
  public static WasmExecution of(WasmConfig config) {
    return new WasmExecution(new Beginning(Objects.requireNonNull(config, "config")));
  }

  /**
   * Prepares a run that goes on from where a program was frozen, with an empty standard input,
   * whose output is discarded. Limits and the time that it may take count from there.
   *
   * @param program what goes on
   * @return a run that has not begun
   */
  public static WasmExecution of(FrozenProgram program) {
    return new WasmExecution(program.start());
  }

  /**
   * Adds environment variables to those of the configuration, which win where both have a name.
   *
   * @param variables values by name; each character is a byte, for values need be no text; neither
   *     may contain NUL, a name no '='; not changed until the run has ended. None for a frozen
   *     program, which has its environment already
   * @return this run
   */
  public WasmExecution environment(Map<String, String> variables) {
    perRequest = Objects.requireNonNull(variables, "variables");
    return this;
  }

  /**
   * Sets what the guest reads.
   *
   * @param in read as the guest asks, on the running thread; not closed
   * @return this run
   */
  public WasmExecution stdin(InputStream in) {
    stdin = Objects.requireNonNull(in, "in");
    return this;
  }

  /**
   * Sets where the guest's output goes.
   *
   * @param out written as the guest writes, and flushed before the guest waits and where it
   *     computes for long after a write, on the running thread; not closed
   * @return this run
   */
  public WasmExecution stdout(OutputStream out) {
    stdout = Objects.requireNonNull(out, "out");
    return this;
  }

  /**
   * Sets where the guest's diagnostics go.
   *
   * @param err written as the guest writes; not closed; after its first failure it is left alone
   * @return this run
   */
  public WasmExecution stderr(OutputStream err) {
    stderr = Objects.requireNonNull(err, "err");
    return this;
  }

  /**
   * Sets what the guest gets from its first {@code sock_accept}; an empty connection where this is
   * not called. What it sends there is limited as its output is.
   *
   * @param in what the guest receives; read as it asks, on the running thread; not closed
   * @param out where goes what it sends; written and flushed as {@link #stdout} would be, which is
   *     then flushed no more; not closed
   * @return this run
   * @throws IllegalStateException if the configuration does not let it accept a connection
   */
  public WasmExecution connection(InputStream in, OutputStream out) {
    if (!config.acceptsConnection()) {
      throw new IllegalStateException("the configuration lets the guest accept no connection");
    }
    connection =
        new Connection(Objects.requireNonNull(in, "in"), Objects.requireNonNull(out, "out"));
    return this;
  }

  /**
   * Gives the guest a file that is on no disk: it is there for who opens it to read, by its path,
   * whatever the directory has; no other look-up and no listing has it. Where a program was frozen
   * {@linkplain FreezeAt#opening when it opened} the path, this is what it reads there.
   *
   * @param guestPath the path: the guest's name of a directory that it has been given, a slash and
   *     the path from there, without links
   * @param content not changed until the run has ended
   * @return this run
   */
  public WasmExecution file(String guestPath, byte[] content) {
    file =
        new GivenFile(
            Objects.requireNonNull(guestPath, "guestPath"),
            Objects.requireNonNull(content, "content"));
    return this;
  }

  /**
   * Sets whose memory the guest takes. Without this it takes what nobody can count on.
   *
   * @param value a share of the budget
   * @return this run
   */
  public WasmExecution share(MemoryShare value) {
    share = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Sets how long the run waits, before its time begins, until there is the memory that such runs
   * take.
   *
   * @param value zero for not at all
   * @return this run
   */
  public WasmExecution memoryWait(Duration value) {
    memoryWait = Objects.requireNonNull(value, "value");
    return this;
  }

  /** Sets what the run may take, whatever the configuration says. */
  WasmExecution timeout(Duration value) {
    timeout = value;
    return this;
  }

  /**
   * Sets how much of the time that the run may take was taken before it.
   *
   * @param value zero for none of it
   * @return this run
   */
  public WasmExecution alreadyTook(Duration value) {
    alreadyTook = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Runs the guest to its end. Whatever the guest does is told by the outcome, not thrown, and
   * everything that was opened for the run is closed.
   *
   * @return how it ended
   * @throws IllegalStateException if this run has been used
   */
  public Outcome run() {
    if (used) {
      throw new IllegalStateException("a run is used once");
    }
    used = true;
    WasmLimits limits = config.limits();
    return limits.stack() == 0 ? runInTime() : OwnStack.run(limits.stack(), this::runInTime);
  }

  /**
   * What making the instance took: WASI context, memory, tables, data.
   *
   * @return nanoseconds, up to where the run failed if it failed there; 0 before the run
   */
  public long instantiationNanos() {
    return (instantiated == 0 ? ended : instantiated) - begun;
  }

  /**
   * How long the guest ran, its waiting included.
   *
   * @return nanoseconds of wall time; 0 before the run, and if no instance came about
   */
  public long guestNanos() {
    return instantiated == 0 ? 0 : ended - instantiated;
  }

  /**
   * The most memory that the guest had.
   *
   * @return bytes of linear memory and tables; 0 before the run
   */
  public long peakMemory() {
    return peakMemory;
  }

  private Outcome runInTime() {
    try (RunMemory memory = new RunMemory(share, config.limits().memory())) {
      if (!memory.await(start.initialMemory(), memoryWait.toNanos())) {
        return Thread.currentThread().isInterrupted()
            ? new Outcome.Interrupted()
            : new Outcome.Refused(share.budget().limit());
      }
      return memory.explain(runInTime(memory));
    }
  }

  private Outcome runInTime(RunMemory memory) {
    WatchedRun watch = Watchdog.SHARED.watch(timeout.minus(alreadyTook));
    Outcome outcome;
    boolean late = false;
    begun = System.nanoTime();
    try {
      outcome = runHere(watch, memory);
    } finally {
      ended = System.nanoTime();
      late = Watchdog.SHARED.end(watch);
    }
    // However it ended after that: with an error of a stream, or with a trap of the guest's own.
    return late ? new Outcome.TimedOut(timeout) : outcome;
  }

  private Outcome runHere(WatchedRun watch, RunMemory memory) {
    CompiledModule compiled = config.module().compiled();
    long maxOutput = config.limits().output();
    OutputStream limited = new LimitedOutput(stdout, maxOutput);
    try (WasiHost host =
        start.host(
            perRequest,
            new StandardStreams(stdin, limited, stderr, limitedConnection(maxOutput), file),
            Limits.of(config.limits().openFiles(), config.limits().written()))) {
      call(compiled, host, memory, watch);
      return new Outcome.Success();
    } catch (Throwable t) {
      Outcome outcome = GuestFailure.classify(t, compiled.functionNames());
      return outcome instanceof Outcome.StreamFailed failed
              && failed.cause() instanceof LimitedOutput.ExceededException
          ? new Outcome.OutputExceeded(maxOutput)
          : outcome;
    } finally {
      peakMemory = memory.most();
      compiled.ran();
    }
  }

  private Connection limitedConnection(long maxOutput) {
    return config.acceptsConnection()
        ? new Connection(connection.in(), new LimitedOutput(connection.out(), maxOutput))
        : null;
  }

  private void call(CompiledModule compiled, WasiHost host, RunMemory memory, WatchedRun watch) {
    Instance.Builder builder =
        start.builder(memory).withImportValues(host.imports(start.module(), UnknownImport::bind));
    if (compiled.interpretedFunctionCount() > 0) {
      // The interpreter looks at its thread's flag in calls and plain branches alone.
      builder.withUnsafeExecutionListener(
          (instruction, stack) -> {
            stopIfInterrupted();
            watch.flushIfAsked();
          });
    }
    Instance instance = memory.build(builder);
    if (instance.getMachine() instanceof CompiledMachine machine) {
      watch.runs(machine, host);
      try (machine) {
        call(instance, memory);
      }
    } else {
      watch.runs(null, host);
      call(instance, memory);
    }
  }

  private void call(Instance instance, RunMemory memory) {
    // This runs the start section: guest code.
    memory.initialize(instance);
    instantiated = System.nanoTime();
    start.run(instance);
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("the thread was interrupted");
    }
  }

  @Override
  public String toString() {
    return "WasmExecution[" + List.of(config.module().fileName(), config.entryPoint()) + "]";
  }
}
