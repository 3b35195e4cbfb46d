package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.prepared.Variant;

/** A module that was prepared runs as it did, and nothing else is ever run. */
class PreparedModuleTest {
  /** (module (func (export "f") (param i32) (result i32) local.get 0 i32.const 7 i32.mul)). */
  private static final byte[] BINARY = {
    0, 'a', 's', 'm', 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7F, 1, 0x7F, 3, 2, 1, 0, 7, 5, 1, 1, 'f', 0,
    0, 10, 9, 1, 7, 0, 0x20, 0, 0x41, 7, 0x6C, 0x0B
  };

  private static final Supplier<CompiledCode> UNREPAIRED =
      () -> {
        throw new IllegalStateException("nothing is damaged");
      };

  private final WasmCompiler compiler = WasmCompiler.create();
  private final byte[] digest = Variant.sha256(BINARY);
  private final byte[] stored = prepare(BINARY);

  @Test
  void runsAsItDid() {
    PreparedModule prepared = read(stored).orElseThrow();
    assertThat(prepared.code().builder().build().export("f").apply(6)).containsExactly(42);
    assertThat(prepared.code().functionCount()).isEqualTo(1);
  }

  @Test
  void loadsClassesAheadThatItHasNeededBefore() {
    CompiledCode first = read(stored).orElseThrow().code();
    first.builder().build().export("f").apply(6);
    List<String> needed = first.loadedClasses();
    assertThat(needed).contains("org.wasmservlet.compiled.F0", "org.wasmservlet.compiled.E0");

    CompiledCode second = read(stored).orElseThrow().code();
    assertThat(second.loadedClasses()).doesNotContain("org.wasmservlet.compiled.E0");
    second.loadClasses(needed);
    assertThat(second.loadedClasses()).containsExactlyInAnyOrderElementsOf(needed);
    assertThat(second.builder().build().export("f").apply(6)).containsExactly(42);
  }

  @Test
  void passesOverNamesThatAreNoneOfItsClasses() {
    CompiledCode code = read(stored).orElseThrow().code();
    List<String> before = code.loadedClasses();
    code.loadClasses(
        List.of(
            "",
            "java.lang.String",
            "org.wasmservlet.compiled.",
            "org.wasmservlet.compiled.E1",
            "org.wasmservlet.compiled.E-1",
            "org.wasmservlet.compiled.S99",
            "org.wasmservlet.compiled.Frame7",
            "org.wasmservlet.compiled./../E0"));
    assertThat(code.loadedClasses()).isEqualTo(before);
  }

  @Test
  void isTheSameBytesWheneverItIsPrepared() {
    assertThat(prepare(BINARY)).isEqualTo(stored);
  }

  @Test
  void isNamedByItsContentAndByAllThatMadeIt() {
    String name = compiler.preparedName(digest).orElseThrow();
    assertThat(name).matches("[0-9a-f]{64}-[0-9a-f]{16}\\.prepared");
    assertThat(compiler.withThreads(1).preparedName(digest)).contains(name);
    assertThat(compiler.withChunkBytes(100).preparedName(digest).orElseThrow()).isNotEqualTo(name);
    assertThat(compiler.preparedName(Variant.sha256(new byte[1])).orElseThrow()).isNotEqualTo(name);
  }

  @Test
  void isRefusedForAnotherModule() {
    assertThat(compiler.read(StoredBytes.of(stored), Variant.sha256(new byte[1]), UNREPAIRED))
        .isEmpty();
    assertThat(compiler.read(StoredBytes.of(stored), new byte[0], UNREPAIRED)).isEmpty();
  }

  @Test
  void isRefusedForOtherOptions() {
    StoredBytes bytes = StoredBytes.of(stored);
    assertThat(compiler.withChunkBytes(100).read(bytes, digest, UNREPAIRED)).isEmpty();
    assertThat(compiler.withThreads(1).read(bytes, digest, UNREPAIRED)).isPresent();
  }

  @Test
  void isRefusedIfItEndsEarlyOrLate() {
    for (int length = 0; length < stored.length; length++) {
      assertThat(read(Arrays.copyOf(stored, length))).isEmpty();
    }
    assertThat(read(Arrays.copyOf(stored, stored.length + 1))).isEmpty();
  }

  @Test
  void isRefusedIfAnyBitIsWrong() {
    for (int at = 0; at < stored.length; at++) {
      byte[] damaged = stored.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertThat(read(damaged)).as("byte %d", at).isEmpty();
    }
  }

  /** Whoever changed it also put the checksum right. */
  @Test
  void isRefusedFromAnotherBuildOrWithLengthsThatCannotBe() {
    int variant = 4;
    int catalogueLength = 4 + 32 + 32;
    assertThat(readWithByte(0, 99)).isEmpty();
    assertThat(readWithByte(variant, stored[variant] + 1)).isEmpty();
    assertThat(readWithByte(catalogueLength, 0x7F)).isEmpty();
    assertThat(readWithByte(catalogueLength, 0x80)).isEmpty();
    assertThat(readWithByte(variant, stored[variant])).isPresent();
  }

  /** Every class that was not needed before the damage; what was, is there. */
  @Test
  void isCompiledAnewOnceIfItIsDamagedWhileItIsInUse() {
    byte[] inUse = stored.clone();
    AtomicInteger repairs = new AtomicInteger();
    CompiledCode code =
        compiler
            .read(
                StoredBytes.of(inUse),
                digest,
                () -> {
                  repairs.incrementAndGet();
                  return compiler.compile(ModuleParser.parse(BINARY));
                })
            .orElseThrow()
            .code();
    Arrays.fill(inUse, (byte) 0);
    for (int i = 0; i < 3; i++) {
      assertThat(code.builder().build().export("f").apply(6)).containsExactly(42);
    }
    assertThat(repairs).hasValue(1);
  }

  @Test
  void triesAgainWhatCouldNotBeRepaired() {
    byte[] inUse = stored.clone();
    AtomicInteger repairs = new AtomicInteger();
    CompiledCode code =
        compiler
            .read(
                StoredBytes.of(inUse),
                digest,
                () -> {
                  if (repairs.incrementAndGet() == 1) {
                    throw new IllegalStateException("not now");
                  }
                  return compiler.compile(ModuleParser.parse(BINARY));
                })
            .orElseThrow()
            .code();
    Arrays.fill(inUse, (byte) 0);
    assertThatThrownBy(() -> code.builder().build().export("f").apply(6))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the prepared module is damaged, and cannot be compiled anew");
    assertThat(code.builder().build().export("f").apply(6)).containsExactly(42);
  }

  private Optional<PreparedModule> readWithByte(int at, int value) {
    byte[] changed = stored.clone();
    changed[at] = (byte) value;
    CRC32C checksum = new CRC32C();
    checksum.update(changed, 0, changed.length - 4);
    ByteBuffer.wrap(changed).putInt(changed.length - 4, (int) checksum.getValue());
    return read(changed);
  }

  private Optional<PreparedModule> read(byte[] bytes) {
    return compiler.read(StoredBytes.of(bytes), digest, UNREPAIRED);
  }

  private byte[] prepare(byte[] binary) {
    WasmModule module = ModuleParser.parse(binary);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      compiler.write(compiler.compile(module), binary, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
