package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Code that was stored runs as it did, and nothing else is ever run. */
class StoredFormTest {
  /** (module (func (export "f") (param i32) (result i32) local.get 0 i32.const 7 i32.mul)). */
  private static final byte[] BINARY = {
    0, 'a', 's', 'm', 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7F, 1, 0x7F, 3, 2, 1, 0, 7, 5, 1, 1, 'f', 0,
    0, 10, 9, 1, 7, 0, 0x20, 0, 0x41, 7, 0x6C, 0x0B
  };

  private final WasmModule module = Parser.parse(BINARY);
  private final WasmCompiler compiler = WasmCompiler.create();
  private final byte[] digest = digestOf(BINARY);
  private final byte[] stored = compiler.compile(module).toBytes(digest);

  @Test
  void runsAsItDid() {
    CompiledCode code = compiler.read(stored, digest, module).orElseThrow();
    Instance instance = code.builder().build();
    assertThat(instance.export("f").apply(6)).containsExactly(42);
    assertThat(code.functionCount()).isEqualTo(1);
  }

  @Test
  void isTheSameWhenItIsStoredAgain() {
    assertThat(compiler.read(stored, digest, module).orElseThrow().toBytes(digest))
        .hasSize(stored.length);
  }

  @Test
  void isRefusedForAnotherModule() {
    assertThat(compiler.read(stored, digestOf(new byte[1]), module)).isEmpty();
    assertThat(compiler.read(stored, new byte[0], module)).isEmpty();
  }

  @Test
  void isRefusedForOtherOptions() {
    assertThat(compiler.withChunkBytes(100).read(stored, digest, module)).isEmpty();
    assertThat(compiler.withThreads(1).read(stored, digest, module)).isPresent();
  }

  @Test
  void isRefusedIfItEndsEarlyOrLate() {
    for (int length = 0; length < stored.length; length++) {
      assertThat(compiler.read(Arrays.copyOf(stored, length), digest, module)).isEmpty();
    }
    assertThat(compiler.read(Arrays.copyOf(stored, stored.length + 1), digest, module)).isEmpty();
  }

  @Test
  void isRefusedIfAnyBitIsWrong() {
    for (int at = 0; at < stored.length; at++) {
      byte[] damaged = stored.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertThat(compiler.read(damaged, digest, module)).as("byte %d", at).isEmpty();
    }
  }

  /** Whoever changed the version also put the checksum right. */
  @Test
  void isRefusedFromAnotherVersionOrAForeignFile() {
    assertThat(readWithByte(7, (byte) 99)).isEmpty();
    assertThat(readWithByte(0, (byte) 99)).isEmpty();
    assertThat(readWithByte(7, stored[7])).isPresent();
  }

  private Optional<CompiledCode> readWithByte(int at, byte value) {
    byte[] body = Arrays.copyOf(stored, stored.length - 32);
    body[at] = value;
    byte[] whole = Arrays.copyOf(body, stored.length);
    System.arraycopy(digestOf(body), 0, whole, body.length, 32);
    return compiler.read(whole, digest, module);
  }

  private static byte[] digestOf(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
