package org.wasmservlet.compiler.prepared;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.PassiveElement;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.wasmservlet.compiler.binary.FunctionNames;
import org.wasmservlet.compiler.binary.Unsigned;
import org.wasmservlet.compiler.runtime.Images;

/**
 * Makes a binary of what is still needed of a module when its functions are compiled and its images
 * are made: Chicory's parser takes seconds for the code of a large program (core specification,
 * section 5.5).
 */
public final class StrippedBinary {
  private static final int HEADER_BYTES = 8;
  private static final int CUSTOM = 0;
  private static final int ELEMENT = 9;
  private static final int CODE = 10;
  private static final int DATA = 11;
  private static final int DATA_COUNT = 12;

  /** Of the name section: the subsections that messages need. */
  private static final int FUNCTION_NAMES = 1;

  private static final int TAG_NAMES = 11;

  private final byte[] binary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;

  private StrippedBinary(byte[] binary) {
    this.binary = binary;
  }

  /**
   * Strips a binary.
   *
   * @param binary valid
   * @param images the module's; segments that are in them are left out
   */
  public static byte[] of(byte[] binary, Images images) {
    return new StrippedBinary(binary).strip(images);
  }

  private byte[] strip(Images images) {
    Set<Integer> dropped = new HashSet<>(Set.of(CODE));
    // The lean module's: passive segments keep their numbers, and with them the whole section.
    if (images.memory() != null && images.module().dataSection().dataSegmentCount() == 0) {
      dropped.addAll(Set.of(DATA, DATA_COUNT));
    }
    if (images.tables() != null && hasNoPassive(images.module())) {
      dropped.add(ELEMENT);
    }
    out.write(binary, 0, HEADER_BYTES);
    at = HEADER_BYTES;
    while (at < binary.length) {
      int id = binary[at++];
      int size = readUnsigned();
      int end = at + size;
      if (id == CUSTOM) {
        keepNames(end);
      } else if (!dropped.contains(id)) {
        section(id, copy(at, end));
      }
      at = end;
    }
    return out.toByteArray();
  }

  private static boolean hasNoPassive(WasmModule lean) {
    for (Element element : lean.elementSection().elements()) {
      if (element instanceof PassiveElement) {
        return false;
      }
    }
    return true;
  }

  private void keepNames(int end) {
    int start = at;
    int length = readUnsigned();
    if (length != 4 || !new String(copy(at, at + 4), StandardCharsets.US_ASCII).equals("name")) {
      return;
    }
    at += length;
    if (!FunctionNames.areSound(copy(at, end))) {
      return;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(binary, start, at - start);
    while (at < end) {
      int begin = at;
      int id = binary[at++];
      int size = readUnsigned();
      at += size;
      if (id == FUNCTION_NAMES || id == TAG_NAMES) {
        kept.write(binary, begin, at - begin);
      }
    }
    section(CUSTOM, kept.toByteArray());
  }

  private void section(int id, byte[] content) {
    out.write(id);
    Unsigned.write(out, content.length);
    out.write(content, 0, content.length);
  }

  private byte[] copy(int from, int to) {
    return Arrays.copyOfRange(binary, from, to);
  }

  /** Reads an unsigned LEB128 number of 32 bits; sizes of sections are below 2^31. */
  private int readUnsigned() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = binary[at++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
