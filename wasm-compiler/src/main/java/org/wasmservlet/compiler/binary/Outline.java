package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.SectionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/**
 * A module without what large ones have tens of thousands of: bodies of functions, which here only
 * trap, and {@linkplain PlainData plain data}, which here is empty. Chicory's parser takes seconds
 * and hundreds of megabytes for these, and next to nothing for the rest.
 */
public final class Outline {
  private static final int HEADER_BYTES = 8;

  private final byte[] binary;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private int bodies;
  private PlainData data;
  private WasmModule module;

  private Outline(byte[] binary) {
    this.binary = binary;
  }

  /**
   * Parses a binary.
   *
   * @param binary of a module; not copied
   * @param validate whether what is parsed is validated
   * @return the outline
   * @throws com.dylibso.chicory.wasm.ChicoryException if it is malformed or not valid
   */
  public static Outline of(byte[] binary, boolean validate) {
    Outline outline = new Outline(binary);
    outline.leaveOut();
    outline.parse(validate);
    return outline;
  }

  /**
   * The module.
   *
   * @return never null
   */
  public WasmModule module() {
    return module;
  }

  /**
   * The data that the module's segments would have.
   *
   * @return null if they have it
   */
  public PlainData data() {
    return data;
  }

  /** Of what is left out a section of nothing stays, for it may be out of order. */
  private void leaveOut() {
    int header = Math.min(HEADER_BYTES, binary.length);
    rest.write(binary, 0, header);
    Cursor in = new Cursor(binary, header, binary.length);
    while (!in.isAtEnd()) {
      int id = in.next();
      Cursor content = in.part();
      int from = content.position();
      if (id == SectionId.CODE) {
        bodies = countBodies(content);
        keep(id, new byte[1], 0, 1);
      } else if (id == SectionId.DATA && isPlain(content)) {
        keep(id, new byte[1], 0, 1);
      } else {
        keep(id, binary, from, in.position() - from);
      }
    }
  }

  private static int countBodies(Cursor in) {
    int count = in.count("function bodies");
    for (int left = count; left > 0; left--) {
      in.skipBytes();
    }
    if (!in.isAtEnd()) {
      throw new MalformedException("section size mismatch at offset " + in.position());
    }
    return count;
  }

  private boolean isPlain(Cursor content) {
    data = PlainData.read(binary, content);
    return data != null;
  }

  private void keep(int id, byte[] bytes, int from, int length) {
    rest.write(id);
    Unsigned.write(rest, length);
    rest.write(bytes, from, length);
  }

  private void parse(boolean validate) {
    WasmModule.Builder builder = WasmModule.builder().withValidation(validate);
    TolerantParser.of(validate)
        .parse(
            new ByteArrayInputStream(rest.toByteArray()),
            section -> Sections.add(filled(section), builder));
    module = builder.build();
    if (data != null && !data.pieces().isEmpty() && memories() == 0) {
      throw new InvalidException("unknown memory 0");
    }
  }

  private Section filled(Section section) {
    if (section.sectionId() == SectionId.CODE) {
      return Sections.trapping(bodies);
    }
    return section.sectionId() == SectionId.DATA && data != null ? data.withoutBytes() : section;
  }

  private int memories() {
    return module.importSection().count(ExternalType.MEMORY)
        + module.memorySection().map(own -> own.memoryCount()).orElse(0);
  }
}
