package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.Chunks;
import org.wasmservlet.compiler.CompiledCode;
import org.wasmservlet.compiler.CompiledMachine;
import org.wasmservlet.compiler.Freezer;
import org.wasmservlet.compiler.FrozenInstance;
import org.wasmservlet.compiler.MemoryLimiter;
import org.wasmservlet.compiler.NotFrozenException;
import org.wasmservlet.compiler.StoredBytes;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;
import org.wasmservlet.compiler.fuzz.Observation.HostCall;
import org.wasmservlet.compiler.prepared.Variant;

/**
 * Random modules that are frozen in a random call of the host, at three sizes of methods, do what
 * they do when they are not. {@code -Dfreeze.modules=} how many, {@code -Dfreeze.seed=} from which,
 * {@code -Dfreeze.calls=} in how many calls of the host each.
 */
class FreezingTest {
  private static final int MODULES = Integer.getInteger("freeze.modules", 40);
  private static final int REPORT_EVERY = 500;

  /** Of each module at each size, at most. */
  private static final int CALLS = Integer.getInteger("freeze.calls", 4);

  private final List<WasmCompiler> compilers =
      Arrays.stream(Chunks.values()).map(size -> size.compiler().withThreads(1)).toList();

  /** By reason: how many were refused. */
  private final Map<String, Integer> refused = new TreeMap<>();

  private int modules;
  private int frozen;

  /** How often one went on and was frozen once more. */
  private int frozenAgain;

  /** How many functions were on the stacks. */
  private int functions;

  private int deepest;

  /** How often a function was on a stack more than once. */
  private int recursive;

  /** How often they had grown. */
  private int grownMemories;

  private int grownTables;

  /** How often the host was called after a program had gone on. */
  private long callsAfterwards;

  /** By function of the host: how often a program was frozen in it. */
  private final Map<Integer, Integer> frozenIn = new TreeMap<>();

  @Test
  void doesWhatItDoesUnfrozen() throws IOException {
    long first = Long.getLong("freeze.seed", 21);
    for (int i = 1; i <= MODULES; i++) {
      compare(first + i - 1);
      if (i % REPORT_EVERY == 0 || i == MODULES) {
        System.out.printf(
            "%d modules, -Dfreeze.seed=%d: %d of them frozen %d times, %d of them once more, in %s,"
                + " %d functions on the stacks, %d at most, one twice on %d; memory had grown in %d, a table in %d;"
                + " the host was called %d times afterwards; refused %s%n",
            i,
            first,
            modules,
            frozen,
            frozenAgain,
            frozenIn,
            functions,
            deepest,
            recursive,
            grownMemories,
            grownTables,
            callsAfterwards,
            refused);
      }
    }
    assertThat(modules).isGreaterThan(MODULES * 3 / 4);
    assertThat(frozen).isGreaterThan(2 * modules);
    assertThat(frozenAgain).isGreaterThan(frozen / 2);
    assertThat(frozenIn).hasSize(1 + Types.FUNCTION_TYPES);
    assertThat(functions).isGreaterThan(2 * frozen);
    assertThat(deepest).isGreaterThan(15);
    assertThat(recursive).isGreaterThan(frozen / 8);
    assertThat(grownMemories).isGreaterThan(frozen / 20);
    assertThat(grownTables).isPositive();
    assertThat(callsAfterwards).isGreaterThan(20L * frozen);
    assertThat(refused.keySet())
        .allMatch(reason -> reason.contains("tail calls") || reason.contains("calls back"));
  }

  private void compare(long seed) throws IOException {
    RandomModule generated =
        RandomModule.callingTheHost(seed, seed % 2 == 0 ? Palette.VECTORS : Palette.NUMBERS);
    byte[] binary = generated.toBytes();
    int before = frozen;
    for (WasmCompiler compiler : compilers) {
      CompiledCode code = compiler.compile(WasmBinary.parse(binary));
      Observation expected = new Observation(generated, seed);
      close(expected.run(code.builder()));
      CompiledCode elsewhere = compiler.compile(WasmBinary.parse(binary));
      Subject subject = new Subject(seed, generated, binary, compiler, code, elsewhere, expected);
      for (int at : calls(expected, new Random(seed))) {
        try {
          freeze(subject, at);
        } catch (NotFrozenException e) {
          refused.merge(e.getMessage().replaceAll("function \\d+", "a function"), 1, Integer::sum);
        }
      }
    }
    modules += frozen > before ? 1 : 0;
  }

  /**
   * Calls of the host in which to freeze: of different calls of functions as far as possible, and
   * every other time where the stack is deepest.
   */
  private static List<Integer> calls(Observation expected, Random random) {
    List<HostCall> all = expected.callsOfTheHost();
    Map<Integer, List<Integer>> byCaller = new TreeMap<>();
    for (int call = 0; call < all.size(); call++) {
      byCaller.computeIfAbsent(all.get(call).caller(), caller -> new ArrayList<>()).add(call);
    }
    List<List<Integer>> callers = new ArrayList<>(byCaller.values());
    Collections.shuffle(callers, random);
    List<Integer> chosen = new ArrayList<>();
    for (List<Integer> made : callers.subList(0, Math.min(CALLS, callers.size()))) {
      chosen.add(
          random.nextBoolean()
              ? made.get(random.nextInt(made.size()))
              : Collections.max(made, Comparator.comparing(call -> all.get(call).depth())));
    }
    return chosen;
  }

  /**
   * What is frozen, and what is seen of it when it is not.
   *
   * @param elsewhere the same code, as another process has it
   */
  private record Subject(
      long seed,
      RandomModule generated,
      byte[] binary,
      WasmCompiler compiler,
      CompiledCode code,
      CompiledCode elsewhere,
      Observation expected) {
    Observation observation() {
      return new Observation(generated, seed);
    }
  }

  private void freeze(Subject subject, int at) throws NotFrozenException, IOException {
    Observation[] before = new Observation[1];
    Freezer freezer = subject.compiler.freezer(subject.code, subject.binary);
    FrozenInstance made =
        freezer.freeze(
            MemoryLimiter.UNLIMITED,
            (builder, point) -> {
              before[0] = new Observation(subject.generated, subject.seed, at, point);
              before[0].run(builder);
            });
    count(made, before[0]);
    // One goes on while the other one is in a call of the host.
    Observation first = subject.observation();
    Observation second = subject.observation();
    int calls = subject.expected.hostCalls();
    first.during(
        at + new Random(subject.seed + at).nextInt(calls - at),
        () -> {
          Instance instance = resume(made, before[0], second);
          spoil(instance);
          close(instance);
        });
    close(resume(made, before[0], first));
    check(subject, at, first);
    check(subject, at, second);
    // It has a memory that the other two have left.
    Observation third = subject.observation();
    close(resume(made, before[0], third));
    check(subject, at, third);
    Observation kept = subject.observation();
    close(resume(kept(subject, freezer, made), before[0], kept));
    check(subject, at, kept);
    callsAfterwards += calls - at - 1;
    freezeAgain(subject, freezer, made, before[0]);
  }

  /** Freezes it in a later call of the host, or in the same one, without what was before. */
  private void freezeAgain(
      Subject subject, Freezer freezer, FrozenInstance first, Observation before)
      throws NotFrozenException, IOException {
    int from = before.hostCalls() - 1;
    int at = from + new Random(~subject.seed - from).nextInt(subject.expected.hostCalls() - from);
    Observation[] until = new Observation[1];
    FrozenInstance made =
        freezer.freezeAgain(
            first,
            MemoryLimiter.UNLIMITED,
            (builder, point) -> {
              until[0] = new Observation(subject.generated, subject.seed, at, point);
              until[0].resume(before, builder, point::resume);
            });
    frozenAgain++;
    Observation after = subject.observation();
    close(resume(made, until[0], after));
    check(subject, at, after);
    Observation kept = subject.observation();
    close(resume(kept(subject, freezer, made), until[0], kept));
    check(subject, at, kept);
  }

  /** As it is read where nothing of it has run. */
  private static FrozenInstance kept(Subject subject, Freezer freezer, FrozenInstance made)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    freezer.write(made, bytes);
    return subject
        .compiler
        .readFrozen(
            subject.elsewhere, StoredBytes.of(bytes.toByteArray()), Variant.sha256(subject.binary))
        .orElseThrow();
  }

  private static Instance resume(FrozenInstance made, Observation before, Observation after) {
    return after.resume(before, made.builder(MemoryLimiter.UNLIMITED), made::resume);
  }

  /** Changes what can be changed from outside. */
  private static void spoil(Instance instance) {
    instance.memory().fill((byte) 0x5A, 0, instance.memory().pages() << 16);
    for (int global : RandomModule.EXPORTED) {
      instance.exports().global("g" + global).setValue(0x5A5A);
    }
    for (int table = 0; table < 3; table++) {
      instance.exports().table("t" + table).setRef(0, 1, instance);
    }
  }

  private void count(FrozenInstance made, Observation before) {
    List<Integer> stack = made.functions();
    frozen++;
    functions += stack.size();
    deepest = Math.max(deepest, stack.size());
    recursive += Set.copyOf(stack).size() < stack.size() ? 1 : 0;
    grownMemories += before.grownMemory() ? 1 : 0;
    grownTables += before.grownTable() ? 1 : 0;
    frozenIn.merge(before.frozenIn(), 1, Integer::sum);
  }

  /** An assertion compares what is left of its memory with what the next one begins with. */
  private static void close(Instance instance) {
    ((CompiledMachine) instance.getMachine()).close();
  }

  private void check(Subject subject, int at, Observation after) throws IOException {
    if (!after.lines().equals(subject.expected.lines())) {
      Path file = Path.of("target", "freeze-" + subject.seed + ".wasm");
      Files.write(file, subject.binary);
      assertThat(after.lines())
          .as(
              "-Dfreeze.seed=%d -Dfreeze.modules=1, %s, compiler %d, call %d of the host",
              subject.seed, file, compilers.indexOf(subject.compiler), at)
          .isEqualTo(subject.expected.lines());
    }
  }
}
