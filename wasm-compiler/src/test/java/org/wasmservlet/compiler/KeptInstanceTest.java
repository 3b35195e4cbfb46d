package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasmservlet.compiler.prepared.Variant;

/** A frozen program that was kept goes on in another process, and nothing else is ever run. */
class KeptInstanceTest {
  private static final int TURNS = 12;
  private static final byte[] BINARY = Guests.binary("freezes");
  private static final byte[] DIGEST = Variant.sha256(BINARY);

  @ParameterizedTest
  @EnumSource
  void goesOnInAnotherProcessAfterEveryCallOfTheHost(Chunks chunks) throws Exception {
    WasmCompiler compiler = chunks.compiler();
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    byte[] prepared = prepared(compiler, code);
    FreezingGuest whole = new FreezingGuest();
    Instance unfrozen = code.builder().withImportValues(whole.imports()).build();
    List<String> expected = FreezingGuest.seen(unfrozen, unfrozen.export("run").apply(TURNS));
    CompiledCode forAll = another(compiler, prepared);
    assertThat(whole.calls.size()).isGreaterThan(30);
    for (int call = 0; call < whole.calls.size(); call++) {
      byte[] kept = kept(compiler, code, call);
      // A process that has nothing of it, and one that has other forms of its functions.
      for (CompiledCode other : List.of(another(compiler, prepared), forAll)) {
        FrozenInstance read =
            compiler.readFrozen(other, StoredBytes.of(kept), DIGEST).orElseThrow();
        for (int time = 0; time < 2; time++) {
          FreezingGuest guest = new FreezingGuest();
          Instance instance =
              read.builder(MemoryLimiter.UNLIMITED).withImportValues(guest.imports()).build();
          long[] results = read.resume(instance);
          assertThat(FreezingGuest.seen(instance, results)).as("call %d", call).isEqualTo(expected);
          assertThat(guest.calls)
              .as("call %d", call)
              .isEqualTo(whole.calls.subList(call, whole.calls.size()));
          Guests.close(instance);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isWhatItWas(Chunks chunks) throws Exception {
    WasmCompiler compiler = chunks.compiler();
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    FrozenInstance frozen = freeze(compiler, code, 25);
    byte[] kept = bytes(out -> compiler.freezer(code, BINARY).write(frozen, out));
    CompiledCode other = compiler.compile(ModuleParser.parse(BINARY));
    FrozenInstance read = compiler.readFrozen(other, StoredBytes.of(kept), DIGEST).orElseThrow();
    assertThat(read.functions()).isEqualTo(frozen.functions());
    assertThat(read.bytes()).isEqualTo(frozen.bytes());
    // And can be kept again, from there.
    assertThat(bytes(out -> compiler.freezer(other, BINARY).write(read, out))).isEqualTo(kept);
  }

  @Test
  void isTheSameBytesFromEachProcess() throws Exception {
    assertThat(kept(25)).isEqualTo(kept(25)).isNotEqualTo(kept(26));
  }

  @Test
  void isReadWhereItWasFrozen() throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    byte[] kept = kept(compiler, code, 25);
    assertThat(compiler.readFrozen(code, StoredBytes.of(kept), DIGEST)).isPresent();
  }

  /** What was on its stack is known. */
  @Test
  void isFrozenAnewInOneRun() throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    CompiledCode other = compiler.compile(ModuleParser.parse(BINARY));
    assertThat(compiler.readFrozen(other, StoredBytes.of(kept(25)), DIGEST)).isPresent();
    List<Integer> runs = new ArrayList<>();
    compiler
        .freezer(other, BINARY)
        .freeze(
            MemoryLimiter.UNLIMITED,
            (builder, point) -> {
              runs.add(25);
              run(builder, new FreezingGuest(25, point));
            });
    assertThat(runs).hasSize(1);
  }

  @Test
  void isRefusedForAnotherModuleAndForOtherOptions() throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    StoredBytes kept = StoredBytes.of(kept(25));
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    assertThat(compiler.readFrozen(code, kept, Variant.sha256(new byte[1]))).isEmpty();
    assertThat(compiler.readFrozen(code, kept, new byte[0])).isEmpty();
    for (WasmCompiler other : List.of(compiler.withChunkBytes(100), compiler.markingWrites())) {
      assertThat(other.readFrozen(other.compile(ModuleParser.parse(BINARY)), kept, DIGEST))
          .isEmpty();
    }
    assertThat(compiler.readFrozen(code, kept, DIGEST)).isPresent();
  }

  @Test
  void isRefusedIfItEndsEarlyOrLateOrIfAnyBitIsWrong() throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    byte[] kept = kept(25);
    for (int at = 0; at < kept.length; at += at < 200 ? 1 : 17) {
      assertThat(read(compiler, code, Arrays.copyOf(kept, at))).as("cut at %d", at).isEmpty();
      byte[] damaged = kept.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertThat(read(compiler, code, damaged)).as("byte %d", at).isEmpty();
    }
    assertThat(read(compiler, code, Arrays.copyOf(kept, kept.length + 1))).isEmpty();
    assertThat(read(compiler, code, kept)).isPresent();
  }

  /** Whoever changed it also put the checksum right. */
  @Test
  void isRefusedIfItMakesNoSense() throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    byte[] kept = kept(25);
    int pages = 4 + 32 + 32;
    assertThat(readWithByte(compiler, kept, 0, 99)).isEmpty();
    assertThat(readWithByte(compiler, kept, 4, kept[4] + 1)).isEmpty();
    assertThat(readWithByte(compiler, kept, 4 + 32, kept[4 + 32] + 1)).isEmpty();
    assertThat(readWithByte(compiler, kept, pages + 4, 0)).as("no memory").isEmpty();
    for (int blocks : new int[] {0x7F, 0x80}) {
      assertThat(readWithByte(compiler, kept, pages + 5, blocks)).isEmpty();
    }
    assertThat(readWithByte(compiler, kept, 4, kept[4])).isPresent();
  }

  @Test
  void cannotBeReadFromWhatCannotBeRead() {
    WasmCompiler compiler = WasmCompiler.create();
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    StoredBytes unreadable =
        new StoredBytes() {
          @Override
          public long size() {
            return 1L << 40;
          }

          @Override
          public byte[] read(long at, int length) throws IOException {
            throw new IOException("no");
          }
        };
    assertThat(compiler.readFrozen(code, unreadable, DIGEST)).isEmpty();
  }

  @Test
  void isNotWrittenByAnotherModulesFreezer() throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    CompiledCode code = compiler.compile(ModuleParser.parse(BINARY));
    FrozenInstance frozen = freeze(compiler, code, 25);
    CompiledCode other = compiler.compile(ModuleParser.parse(BINARY));
    assertThatThrownBy(
            () -> compiler.freezer(other, BINARY).write(frozen, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNamedByTheModuleByAllThatMadeItAndByItsConfiguration() {
    WasmCompiler compiler = WasmCompiler.create();
    byte[] configuration = Variant.sha256(new byte[1]);
    String name = compiler.frozenName(DIGEST, configuration).orElseThrow();
    assertThat(name).matches("[0-9a-f]{64}-[0-9a-f]{16}-[0-9a-f]{32}\\.frozen");
    assertThat(compiler.markingWrites().frozenName(DIGEST, configuration).orElseThrow())
        .isNotEqualTo(name);
    assertThat(compiler.frozenName(configuration, configuration).orElseThrow()).isNotEqualTo(name);
    assertThat(compiler.frozenName(DIGEST, DIGEST).orElseThrow()).isNotEqualTo(name);
  }

  private static Optional<FrozenInstance> read(
      WasmCompiler compiler, CompiledCode code, byte[] kept) {
    return compiler.readFrozen(code, StoredBytes.of(kept), DIGEST);
  }

  private static Optional<FrozenInstance> readWithByte(
      WasmCompiler compiler, byte[] kept, int at, int value) {
    byte[] changed = kept.clone();
    changed[at] = (byte) value;
    CRC32C checksum = new CRC32C();
    checksum.update(changed, 0, changed.length - 4);
    ByteBuffer.wrap(changed).putInt(changed.length - 4, (int) checksum.getValue());
    return read(compiler, compiler.compile(ModuleParser.parse(BINARY)), changed);
  }

  private static byte[] kept(int call) throws Exception {
    WasmCompiler compiler = WasmCompiler.create();
    return kept(compiler, compiler.compile(ModuleParser.parse(BINARY)), call);
  }

  private static byte[] kept(WasmCompiler compiler, CompiledCode code, int call) throws Exception {
    FrozenInstance frozen = freeze(compiler, code, call);
    return bytes(out -> compiler.freezer(code, BINARY).write(frozen, out));
  }

  private static FrozenInstance freeze(WasmCompiler compiler, CompiledCode code, int call)
      throws NotFrozenException {
    return compiler
        .freezer(code, BINARY)
        .freeze(
            MemoryLimiter.UNLIMITED,
            (builder, point) -> run(builder, new FreezingGuest(call, point)));
  }

  private static void run(Instance.Builder builder, FreezingGuest guest) {
    builder.withImportValues(guest.imports()).build().export("run").apply(TURNS);
  }

  private static byte[] prepared(WasmCompiler compiler, CompiledCode code) throws IOException {
    return bytes(out -> compiler.write(code, BINARY, out));
  }

  private static CompiledCode another(WasmCompiler compiler, byte[] prepared) {
    return compiler
        .read(
            StoredBytes.of(prepared),
            DIGEST,
            () -> {
              throw new IllegalStateException("nothing is damaged");
            })
        .orElseThrow()
        .code();
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    return bytes.toByteArray();
  }
}
