package org.wasmservlet.compiler.image;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wasmservlet.compiler.binary.PlainData;
import org.wasmservlet.compiler.runtime.MemoryImage;

/**
 * Runs a module's active segments once, ahead of all instances (core specification, section 4.5.4),
 * where nothing can differ between instances: the memory or the table is the module's own, every
 * offset and element is a constant, and all is within bounds. Where that is not so, there is no
 * image, and every instance lays the segments down itself, with the traps that this can have.
 */
final class SegmentImages {
  private static final int PAGE = 1 << 16;

  /**
   * What is made in advance is counted for nobody: it may be so much whatever the module, and past
   * that so many times what its segments have.
   */
  private static final int ANY_ELEMENTS = 1 << 16;

  private static final int ANY_BYTES = 1 << 20;
  private static final int TIMES = 16;

  private SegmentImages() {}

  /** The image of the module's only memory, or null. */
  static MemoryImage memoryOf(WasmModule module) {
    List<PlainData.Piece> laidDown = new ArrayList<>();
    for (DataSegment segment : module.dataSection().dataSegments()) {
      if (segment instanceof ActiveDataSegment active) {
        long offset = constant(active.offsetInstructions(), OpCode.I32_CONST);
        if (offset < 0 || active.index() != 0) {
          return null;
        }
        byte[] bytes = active.data();
        laidDown.add(new PlainData.Piece((int) offset, bytes, 0, bytes.length));
      }
    }
    return memoryOf(module, laidDown);
  }

  /** The same of what is laid down there. */
  static MemoryImage memoryOf(WasmModule module, List<PlainData.Piece> laidDown) {
    int own = module.memorySection().map(memories -> memories.memoryCount()).orElse(0);
    if (own != 1 || module.importSection().count(ExternalType.MEMORY) > 0) {
      return null;
    }
    long size = (long) module.memorySection().get().getMemory(0).limits().initialPages() * PAGE;
    long end = 0;
    long bytes = 0;
    for (PlainData.Piece piece : laidDown) {
      long pieceEnd = Integer.toUnsignedLong(piece.offset()) + piece.length();
      if (pieceEnd > size) {
        return null;
      }
      if (piece.length() > 0) {
        end = Math.max(end, pieceEnd);
        bytes += piece.length();
      }
    }
    long most = ANY_BYTES + TIMES * bytes;
    if (end > Integer.MAX_VALUE - PAGE || MemoryImage.indexBytes(end) > most) {
      return null;
    }
    MemoryImage.Builder image = MemoryImage.builder((int) end);
    for (PlainData.Piece piece : laidDown) {
      image.reserve(piece.offset(), piece.length());
    }
    if (image.reserved() > most) {
      return null;
    }
    for (PlainData.Piece piece : laidDown) {
      image.put(piece.offset(), piece.bytes(), piece.from(), piece.length());
    }
    return image.build();
  }

  /** The images of all the module's own tables, or null if there is something that needs more. */
  static int[][] tablesOf(WasmModule module) {
    int imported = module.importSection().count(ExternalType.TABLE);
    int own = module.tableSection().tableCount();
    if (elementsOf(module.tableSection()) > ANY_ELEMENTS + TIMES * initialized(module)) {
      return null;
    }
    int[][] images = new int[own][];
    for (int i = 0; i < own; i++) {
      Table table = module.tableSection().getTable(i);
      long size = table.limits().min();
      if (!isNull(table.initialize())) {
        return null;
      }
      images[i] = new int[(int) size];
      Arrays.fill(images[i], Value.REF_NULL_VALUE);
    }
    for (Element element : module.elementSection().elements()) {
      if (element instanceof ActiveElement active
          && (active.tableIndex() < imported
              || !layDown(active, images[active.tableIndex() - imported]))) {
        return null;
      }
    }
    return images;
  }

  private static long elementsOf(TableSection tables) {
    long elements = 0;
    for (int i = 0; i < tables.tableCount(); i++) {
      elements += tables.getTable(i).limits().min();
    }
    return elements;
  }

  private static long initialized(WasmModule module) {
    long elements = 0;
    for (Element element : module.elementSection().elements()) {
      elements += element instanceof ActiveElement ? element.elementCount() : 0;
    }
    return elements;
  }

  private static boolean layDown(ActiveElement element, int[] table) {
    long offset = constant(element.offset(), OpCode.I32_CONST);
    int count = element.elementCount();
    if (offset < 0 || offset + count > table.length) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      List<Instruction> initializer = element.initializers().get(i);
      long function = constant(initializer, OpCode.REF_FUNC);
      if (function < 0 && !isNull(initializer)) {
        return false;
      }
      table[(int) offset + i] = function < 0 ? Value.REF_NULL_VALUE : (int) function;
    }
    return true;
  }

  /** The operand of an expression that is one instruction, or -1. */
  private static long constant(List<Instruction> expression, OpCode instruction) {
    return is(expression, instruction) ? expression.get(0).operand(0) & 0xFFFFFFFFL : -1;
  }

  private static boolean isNull(List<Instruction> expression) {
    return is(expression, OpCode.REF_NULL);
  }

  private static boolean is(List<Instruction> expression, OpCode instruction) {
    return !expression.isEmpty()
        && expression.get(0).opcode() == instruction
        && (expression.size() == 1
            || expression.size() == 2 && expression.get(1).opcode() == OpCode.END);
  }
}
