package org.wasmservlet.core.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wasmservlet.compiler.MemoryLimiter;

/** What takes long on the engine's own memories and tables ends with the thread's time. */
class EngineMemoryTest {
  private static final int PAGES = 128;
  private static final int SIZE = PAGES << 16;
  private static final int PIECE = 1 << 20;

  private final Memory memory =
      new EngineMemory(new MemoryLimits(PAGES, 4 * PAGES), MemoryLimiter.UNLIMITED);

  @AfterEach
  void leavesNoInterruption() {
    Thread.interrupted();
  }

  @Test
  void stopsFilling() {
    assertIsStopped(() -> memory.fill((byte) 1, 0, SIZE));
    assertThat(memory.read(0)).isEqualTo((byte) 1);
    assertThat(memory.read(PIECE)).isZero();
  }

  @Test
  void stopsCopyingAndWriting() {
    memory.fill((byte) 1, 0, PIECE);
    assertIsStopped(() -> memory.copy(SIZE / 2, 0, SIZE / 2));
    assertIsStopped(() -> memory.copy(1, 0, SIZE - 1));
    assertThat(memory.read(2 * PIECE)).isZero();
    assertIsStopped(() -> memory.write(0, new byte[SIZE], 0, SIZE));
    assertThat(memory.read(PIECE - 1)).isZero();
  }

  @Test
  void stopsGrowing() {
    assertIsStopped(() -> memory.grow(2 * PAGES));
    assertThat(memory.pages()).isLessThan(2 * PAGES);
    Thread.interrupted();
    int before = memory.pages();
    assertThat(memory.grow(100)).isEqualTo(before);
    assertThat(memory.pages()).isEqualTo(before + 100);
    assertThat(memory.grow(4 * PAGES)).isEqualTo(-1);
    assertThat(memory.grow(0)).isEqualTo(before + 100);
  }

  @Test
  void stopsSettingElements() {
    TableInstance table =
        EngineTable.create(
            new Table(ValType.FuncRef, new TableLimits(100_000)), -1, MemoryLimiter.UNLIMITED);
    assertIsStopped(
        () -> {
          for (int i = 0; i < 100_000; i++) {
            table.setRef(i, 1, null);
          }
        });
    assertThat(table.ref(50_000)).isEqualTo(-1);
  }

  /** Pieces make no difference, also where both overlap, and nothing is written out of bounds. */
  @Test
  void doesWhatTheEngineDoes() {
    Memory engine = new ByteArrayMemory(new MemoryLimits(PAGES, PAGES));
    Random random = new Random(1);
    byte[] data = new byte[SIZE];
    random.nextBytes(data);
    both(engine, m -> m.write(0, data, 0, SIZE));
    for (int i = 0; i < 60; i++) {
      int to = random.nextInt(SIZE);
      int from = random.nextInt(10) == 0 ? to : random.nextInt(SIZE);
      int size = random.nextInt(SIZE);
      int offset = random.nextInt(100);
      both(engine, m -> m.copy(to, from, size));
      both(engine, m -> m.copy(to, Math.max(0, to - offset), SIZE - to));
      both(engine, m -> m.fill((byte) size, to, to + size / 4));
      both(engine, m -> m.write(from, data, to / 2, size));
    }
    both(engine, m -> m.fill((byte) 1, 0, SIZE + 1));
    both(engine, m -> m.fill((byte) 1, -1, SIZE));
    both(engine, m -> m.copy(0, 1, SIZE));
    both(engine, m -> m.copy(-1, 1, 2 * PIECE));
    assertThat(memory.readBytes(0, SIZE)).isEqualTo(engine.readBytes(0, SIZE));
  }

  private interface Step {
    void on(Memory memory);
  }

  private void both(Memory engine, Step step) {
    assertThat(failure(step, memory)).isEqualTo(failure(step, engine));
  }

  private static String failure(Step step, Memory memory) {
    try {
      step.on(memory);
      return "";
    } catch (WasmRuntimeException e) {
      return e.getMessage();
    }
  }

  private static void assertIsStopped(ThrowingCallable step) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(step).isInstanceOf(ChicoryInterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    Thread.interrupted();
  }
}
