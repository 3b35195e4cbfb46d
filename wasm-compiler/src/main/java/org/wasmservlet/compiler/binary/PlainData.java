package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The data segments of a binary, where each of them is laid down at a constant place of the first
 * memory (core specification, 5.5.14). Most modules have no others, and large ones tens of
 * thousands: Chicory's parser makes six objects of each, and its validator looks at them one by
 * one.
 */
public final class PlainData {
  private static final int ACTIVE = 0;
  private static final int I32_CONST = OpCode.I32_CONST.opcode();
  private static final int END = OpCode.END.opcode();
  private static final long[] NO_OPERANDS = {};

  private final List<Piece> pieces;

  private PlainData(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * A segment's bytes.
   *
   * @param offset where they are laid down, 32 bits without a sign
   * @param bytes that they are among
   * @param from where they begin there
   * @param length how many
   */
  public record Piece(int offset, byte[] bytes, int from, int length) {}

  /**
   * Reads a data section.
   *
   * @return null if it has anything else in it, which need not be wrong
   * @throws com.dylibso.chicory.wasm.ChicoryException if it ends where something is to follow
   */
  static PlainData read(byte[] binary, Cursor in) {
    int count = in.count("data segments");
    List<Piece> pieces = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (in.next() != ACTIVE || in.next() != I32_CONST) {
        return null;
      }
      int offset = (int) in.signed(Integer.SIZE);
      if (in.next() != END) {
        return null;
      }
      int length = (int) in.unsigned();
      pieces.add(new Piece(offset, binary, in.position(), length));
      in.skip(Integer.toUnsignedLong(length));
    }
    return in.isAtEnd() ? new PlainData(pieces) : null;
  }

  /**
   * What is laid down.
   *
   * @return in that order
   */
  public List<Piece> pieces() {
    return pieces;
  }

  /** As many segments, with nothing in them: their indices stay what they are. */
  DataSection withoutBytes() {
    DataSection.Builder section = DataSection.builder();
    pieces.forEach(piece -> section.addDataSegment(PassiveDataSegment.EMPTY));
    return section.build();
  }

  /**
   * Puts it into a module.
   *
   * @param outline that it was left out of
   * @return a copy that has it
   */
  public WasmModule in(WasmModule outline) {
    WasmModule.Builder module = Sections.of(outline).setDataSection(section());
    outline.customSections().forEach(section -> Sections.add(section, module));
    // It was validated when it was parsed.
    return module.withValidation(false).build();
  }

  private DataSection section() {
    Instruction end = new Instruction(-1, OpCode.END, NO_OPERANDS);
    DataSection.Builder section = DataSection.builder();
    for (Piece piece : pieces) {
      Instruction offset = new Instruction(-1, OpCode.I32_CONST, new long[] {piece.offset});
      byte[] bytes = Arrays.copyOfRange(piece.bytes, piece.from, piece.from + piece.length);
      section.addDataSegment(new ActiveDataSegment(0, List.of(offset, end), bytes));
    }
    return section.build();
  }
}
