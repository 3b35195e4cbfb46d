package org.wasmservlet.compiler.features;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.SectionId;
import java.util.EnumSet;
import java.util.Set;
import org.wasmservlet.compiler.binary.Cursor;

/**
 * Reads a module's binary once for the parts of WebAssembly that it uses. It need not be valid, nor
 * of a kind that could be compiled: what cannot be read is passed over.
 */
public final class FeatureScan {
  private static final int HEADER_BYTES = 8;
  private static final int FUNCTION = 0x60;

  /** Of limits: what their flags say. */
  private static final int HAS_MAXIMUM = 1;

  private static final int SHARED = 2;
  private static final int LONG = 4;

  private final Set<Feature> found = EnumSet.noneOf(Feature.class);
  private int memories;
  private int importedFunctions;
  private int functions;
  private int largest = -1;
  private int largestBytes;

  private FeatureScan() {}

  /**
   * Reads a binary.
   *
   * @param binary with the header of a module
   */
  public static FeatureScan of(byte[] binary) {
    FeatureScan scan = new FeatureScan();
    try {
      Cursor in = new Cursor(binary, Math.min(HEADER_BYTES, binary.length), binary.length);
      while (!in.isAtEnd()) {
        int id = in.next();
        scan.trySection(id, in.part());
      }
    } catch (ChicoryException e) {
      // The validator says what is wrong.
      return scan;
    }
    return scan;
  }

  private void trySection(int id, Cursor in) {
    try {
      section(id, in);
    } catch (ChicoryException | IllegalArgumentException e) {
      // As above; the sections after it may tell more.
      return;
    }
  }

  private void section(int id, Cursor in) {
    switch (id) {
      case SectionId.TYPE -> types(in);
      case SectionId.IMPORT -> imports(in);
      case SectionId.TABLE -> tables(in);
      case SectionId.MEMORY -> {
        for (int left = in.count("memories"); left > 0; left--) {
          memory(in);
        }
      }
      case SectionId.GLOBAL -> globals(in);
      case SectionId.CODE -> code(in);
      default -> {}
    }
  }

  private void types(Cursor in) {
    for (int left = in.count("types"); left > 0; left--) {
      if (in.next() != FUNCTION) {
        // Structs, arrays, subtypes and groups.
        found.add(Feature.GARBAGE_COLLECTION);
        return;
      }
      valueTypes(in);
      if (valueTypes(in) > 1) {
        found.add(Feature.MULTI_VALUE);
      }
    }
  }

  private int valueTypes(Cursor in) {
    int count = in.count("values");
    for (int i = 0; i < count; i++) {
      valueType(in);
    }
    return count;
  }

  private void valueType(Cursor in) {
    int code = in.next();
    switch (code) {
      case 0x7B -> found.add(Feature.VECTORS);
      case 0x6F -> found.add(Feature.REFERENCE_TYPES);
      case 0x69 -> found.add(Feature.EXCEPTIONS);
      case 0x63, 0x64 -> {
        found.add(Feature.TYPED_REFERENCES);
        in.signed(33);
      }
      default -> {
        if (code > 0x69 && code < 0x6F || code > 0x70 && code < 0x75) {
          found.add(Feature.GARBAGE_COLLECTION);
        }
      }
    }
  }

  private void imports(Cursor in) {
    for (int left = in.count("imports"); left > 0; left--) {
      in.skip(in.unsigned());
      in.skip(in.unsigned());
      switch (in.next()) {
        case 0 -> {
          in.unsigned();
          importedFunctions++;
        }
        case 1 -> table(in);
        case 2 -> memory(in);
        case 3 -> {
          valueType(in);
          in.next();
        }
        default -> {
          in.next();
          in.unsigned();
        }
      }
    }
  }

  private void tables(Cursor in) {
    int count = in.count("tables");
    if (count > 1) {
      found.add(Feature.REFERENCE_TYPES);
    }
    for (int i = 0; i < count; i++) {
      table(in);
    }
  }

  private void table(Cursor in) {
    valueType(in);
    limits(in);
  }

  private void memory(Cursor in) {
    if (++memories > 1) {
      found.add(Feature.MEMORIES);
    }
    limits(in);
  }

  private void limits(Cursor in) {
    int flags = in.next();
    if ((flags & SHARED) != 0) {
      found.add(Feature.SHARED_MEMORY);
    }
    int bits = (flags & LONG) == 0 ? 33 : 64;
    if (bits == 64) {
      found.add(Feature.MEMORY_64);
    }
    in.signed(bits);
    if ((flags & HAS_MAXIMUM) != 0) {
      in.signed(bits);
    }
  }

  private void globals(Cursor in) {
    for (int left = in.count("globals"); left > 0; left--) {
      valueType(in);
      in.next();
      new CodeFeatures(in, found).constant();
    }
  }

  private void code(Cursor in) {
    int count = in.count("functions");
    functions = count;
    for (int i = 0; i < count; i++) {
      Cursor body = in.part();
      if (body.remaining() > largestBytes) {
        largestBytes = body.remaining();
        largest = importedFunctions + i;
      }
      try {
        body(body);
      } catch (ChicoryException | IllegalArgumentException e) {
        found.add(Feature.UNKNOWN);
      }
    }
  }

  private void body(Cursor in) {
    for (int left = in.count("locals"); left > 0; left--) {
      in.unsigned();
      valueType(in);
    }
    new CodeFeatures(in, found).body();
  }

  /** In the order of their declaration. */
  public Set<Feature> found() {
    return found;
  }

  public int functions() {
    return functions;
  }

  /** Its index, imports counted; -1 if there is none. */
  public int largest() {
    return largest;
  }

  public int largestBytes() {
    return largestBytes;
  }
}
