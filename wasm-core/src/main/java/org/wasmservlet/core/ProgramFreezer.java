package org.wasmservlet.core;

import com.dylibso.chicory.runtime.Instance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.wasmservlet.compiler.FreezePoint;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.core.module.ModuleFreezing;
import org.wasmservlet.core.wasi.FrozenHost;
import org.wasmservlet.core.wasi.HostFreezer;

/**
 * Starts a program and freezes it. The program is run from its beginning, or from where it was
 * frozen before, several times, until what is on its stack is known and compiled for that; what it
 * does outside of itself until then, it does each time. Not thread-safe, and used once.
 */
public final class ProgramFreezer {
  /** What a program may take at least: its first start is as slow as a first start is. */
  private static final Duration LEAST_TIME = Duration.ofMinutes(2);

  private final WasmConfig config;
  private final FreezeAt at;
  private final SwitchedLimiter limiter = new SwitchedLimiter();
  private MemoryShare share = MemoryBudget.shared().rest();
  private OutputStream stderr = OutputStream.nullOutputStream();
  private UnaryOperator<OutputStream> protocol = UnaryOperator.identity();

  /** Where its runs begin; null if that is the program's beginning. */
  private FrozenProgram from;

  /** Of the run that goes on; null before the first. */
  private HostFreezer host;

  private EarlyOutput stdout;

  private ProgramFreezer(WasmConfig config, FreezeAt at) {
    this.config = config;
    this.at = at;
  }

  /**
   * Prepares to freeze a program.
   *
   * @param config what to run; its module best {@linkplain ModuleUse#toBeFrozen loaded} to be
   *     frozen
   * @param at where it is frozen
   * @return a freezer that has not begun
   * @throws IllegalArgumentException if the program would never get there
   */
  public static ProgramFreezer of(WasmConfig config, FreezeAt at) {
    if (at.needsConnection() && !config.acceptsConnection()) {
      throw new IllegalArgumentException("a program that is given no connection accepts none");
    }
    return new ProgramFreezer(config, at);
  }

  /**
   * Sets where the diagnostics of its runs go.
   *
   * @param err written as the guest writes; not closed
   * @return this freezer
   */
  public ProgramFreezer stderr(OutputStream err) {
    stderr = Objects.requireNonNull(err, "err");
    return this;
  }

  /**
   * Sets what reads that its runs send on their connection, by the protocol that they speak there.
   * Without this all of it is taken for what a client would get too early.
   *
   * @param reader gives, for each run, the stream that gets it; what that one passes on to its
   *     argument is what a client would get
   * @return this freezer
   */
  public ProgramFreezer protocol(UnaryOperator<OutputStream> reader) {
    protocol = Objects.requireNonNull(reader, "reader");
    return this;
  }

  /**
   * Sets whose memory its runs take, and what is frozen.
   *
   * @param value a share of the budget
   * @return this freezer
   */
  public ProgramFreezer share(MemoryShare value) {
    share = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Sets where its runs begin. Without this that is the program's beginning.
   *
   * @param program of the same configuration, and not closed until this has ended; what is frozen
   *     then does not need it
   * @return this freezer
   * @throws IllegalArgumentException if it is of another configuration
   */
  public ProgramFreezer from(FrozenProgram program) {
    if (program.config() != config) {
      throw new IllegalArgumentException("frozen with another configuration");
    }
    from = program;
    return this;
  }

  /**
   * Freezes the program, on the calling thread.
   *
   * @return to be closed by the caller
   * @throws NotFrozenException if that cannot be done, or the thread is interrupted; the interrupt
   *     flag is then set
   */
  public FrozenProgram freeze() throws NotFrozenException {
    long begun = System.nanoTime();
    FrozenInstance instance = instance();
    FrozenHost frozen = host.frozen();
    if (frozen == null) {
      throw refused(host.refusal(), null);
    }
    Resumption start = new Resumption(config, instance, frozen);
    long bytes = instance.bytes();
    if (!share.reserve(bytes)) {
      throw refused(
          "its memory is "
              + bytes
              + " bytes, and of the "
              + share.budget().limit()
              + " that all guests may have together there are not so many left",
          null);
    }
    MemoryShare whose = share;
    return new FrozenProgram(
        start,
        at,
        new FrozenProgram.Origin(
            Instant.now(), Duration.ofNanos(System.nanoTime() - begun), stdout, false),
        () -> whose.release(bytes));
  }

  private FrozenInstance instance() throws NotFrozenException {
    try {
      ModuleFreezing freezing = config.module().compiled().freezing();
      if (freezing == null) {
        throw refused("it runs on the engine's own compiler, which cannot keep a stack", null);
      }
      return from == null
          ? freezing.freezer().freeze(limiter, this::runFromItsBeginning)
          : freezing
              .freezer()
              .freezeAgain(from.start().instance(), limiter, this::runFromWhereItWas);
    } catch (org.wasmservlet.compiler.NotFrozenException e) {
      throw new NotFrozenException(config.module().file() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new NotFrozenException(e.getMessage(), e);
    }
  }

  private void runFromItsBeginning(Instance.Builder builder, FreezePoint point)
      throws NotFrozenException {
    host = HostFreezer.of(at.place(), point::freeze);
    stdout = new EarlyOutput();
    run(new FreezingStart(config, host, builder, limiter));
  }

  private void runFromWhereItWas(Instance.Builder builder, FreezePoint point)
      throws NotFrozenException {
    Resumption resumption = from.start();
    host = HostFreezer.of(resumption.frozenHost(), at.place(), point::freeze);
    stdout = new EarlyOutput();
    stdout.goOn(from.origin().earlyOutput());
    run(new FreezingAgain(resumption, host, builder, point, limiter));
  }

  private void run(Start start) throws NotFrozenException {
    Duration time = config.limits().timeout();
    WasmExecution execution =
        WasmExecution.of(start)
            .share(share)
            .timeout(time.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : time)
            .stdout(stdout)
            .stderr(stderr);
    if (config.acceptsConnection()) {
      execution.connection(new ByteArrayInputStream(at.received()), protocol.apply(stdout));
    }
    Outcome outcome = execution.run();
    if (host.refusal() != null) {
      throw refused(host.refusal(), null);
    }
    if (host.frozen() == null) {
      throw refused("it ended before it " + at + ": " + describe(outcome), causeOf(outcome));
    }
  }

  private NotFrozenException refused(String why, Throwable cause) {
    return new NotFrozenException(config.module().file() + " cannot be frozen: " + why, cause);
  }

  /** Tells how a program ended that was to go on. */
  private static String describe(Outcome outcome) {
    if (outcome instanceof Outcome.Success) {
      return "exit code 0";
    }
    if (outcome instanceof Outcome.Exit exit) {
      return "exit code " + Integer.toUnsignedString(exit.code());
    }
    if (outcome instanceof Outcome.Trap trap) {
      return "trap: " + trap.message();
    }
    if (outcome instanceof Outcome.TimedOut late) {
      return "it took more than " + late.limit().toSeconds() + " s";
    }
    if (outcome instanceof Outcome.OutputExceeded) {
      return "it wrote more than it may";
    }
    if (outcome instanceof Outcome.Refused) {
      return "other guests have the memory that it needs";
    }
    if (outcome instanceof Outcome.Interrupted) {
      return "it was interrupted";
    }
    return "the host failed";
  }

  private static Throwable causeOf(Outcome outcome) {
    if (outcome instanceof Outcome.Trap trap) {
      return trap.cause();
    }
    return outcome instanceof Outcome.HostFailed failed ? failed.cause() : null;
  }
}
