package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.types.SectionId;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Reads a module's binary once, and makes nothing of it but sums: whoever parses it afterwards
 * allocates what it declares (core specification, section 5.5). What is well-formed and valid is
 * for the parser to say; here it is only made sure that it can be asked.
 */
public final class Scan {
  private static final int HEADER_BYTES = 8;

  /** Of element segments: what their flags say. */
  private static final int NOT_ACTIVE = 1;

  private static final int EXPLICIT_OR_DECLARED = 2;
  private static final int EXPRESSIONS = 4;
  private static final int ELEMENT_KINDS = 8;

  private static final int TABLE_WITH_INITIALIZER = 0x40;
  private static final int HAS_MAXIMUM = 1;

  private final int size;

  /** Whether bodies of functions are looked at too. */
  private final boolean code;

  private final Types types = new Types();
  private final BitSet declared = new BitSet();
  private final BitSet selfReferring = new BitSet();
  private int importedFunctions;
  private int[] functionTypes = {};
  private long variables;
  private long values;
  private long leftBlocks;
  private long segmentElements;

  private Scan(int size, boolean code) {
    this.size = size;
    this.code = code;
  }

  /**
   * Reads a binary, its code too.
   *
   * @param binary with the header of a module
   * @return what was found
   * @throws TooMuchException if it declares too much of something
   * @throws com.dylibso.chicory.wasm.ChicoryException if it ends where something is to follow, or
   *     refers to a function that it does not declare
   */
  public static Scan of(byte[] binary) {
    return of(binary, true);
  }

  /**
   * Reads a binary, but not its code.
   *
   * @param binary with the header of a module
   * @return what was found
   * @throws TooMuchException if it declares too much of something
   * @throws com.dylibso.chicory.wasm.ChicoryException if it ends where something is to follow
   */
  public static Scan withoutCode(byte[] binary) {
    return of(binary, false);
  }

  private static Scan of(byte[] binary, boolean code) {
    Scan scan = new Scan(binary.length, code);
    Cursor in = new Cursor(binary, Math.min(HEADER_BYTES, binary.length), binary.length);
    while (!in.isAtEnd()) {
      int id = in.next();
      scan.section(id, in.part());
    }
    return scan;
  }

  /**
   * The functions that refer to themselves.
   *
   * @return their indices, imported ones counted
   */
  public BitSet selfReferring() {
    return (BitSet) selfReferring.clone();
  }

  /**
   * The functions that something outside of code refers to.
   *
   * @return their indices, imported ones counted
   */
  public BitSet declared() {
    return (BitSet) declared.clone();
  }

  private void section(int id, Cursor in) {
    switch (id) {
      case SectionId.CUSTOM -> in.skipName();
      case SectionId.TYPE -> types.read(in);
      case SectionId.IMPORT -> imports(in);
      case SectionId.FUNCTION -> functions(in);
      case SectionId.TABLE -> tables(in);
      case SectionId.MEMORY -> memories(in);
      case SectionId.TAG -> count(in, "tags", Limits.TAGS);
      case SectionId.GLOBAL -> globals(in);
      case SectionId.EXPORT -> exports(in);
      case SectionId.ELEMENT -> elements(in);
      case SectionId.CODE -> {
        if (code) {
          code(in);
        }
      }
      case SectionId.DATA -> data(in);
      default -> {}
    }
  }

  private static int count(Cursor in, String what, int limit) {
    int start = in.position();
    int count = in.count(what);
    Limits.check(count, limit, what, start);
    return count;
  }

  private void imports(Cursor in) {
    int count = count(in, "imports", Limits.IMPORTS);
    int[] imported = new int[count];
    for (int i = 0; i < count; i++) {
      in.skipName();
      in.skipName();
      int kind = in.next();
      switch (kind) {
        case 0 -> imported[importedFunctions++] = (int) in.unsigned();
        case 1 -> {
          Types.skipValueType(in);
          tableLimits(in);
        }
        case 2 -> skipLimits(in);
        case 3 -> {
          Types.skipValueType(in);
          in.next();
        }
        case 4 -> {
          in.next();
          in.unsigned();
        }
        default -> throw new MalformedException("an unknown import at offset " + in.position());
      }
    }
    functionTypes = Arrays.copyOf(imported, importedFunctions);
  }

  private void functions(Cursor in) {
    int count = count(in, "functions", Limits.FUNCTIONS);
    functionTypes = Arrays.copyOf(functionTypes, importedFunctions + count);
    for (int i = 0; i < count; i++) {
      long type = in.unsigned();
      functionTypes[importedFunctions + i] = (int) type;
      variables(types.params(type) + types.results(type), in);
    }
  }

  private void tables(Cursor in) {
    for (int left = count(in, "tables", Limits.TABLES); left > 0; left--) {
      int first = in.next();
      if (first == TABLE_WITH_INITIALIZER) {
        in.next();
        Types.skipValueType(in);
        tableLimits(in);
        new BodyScan(this, in).constant();
      } else {
        Types.skipRestOfValueType(in, first);
        tableLimits(in);
      }
    }
  }

  private static void tableLimits(Cursor in) {
    int start = in.position();
    Limits.check(skipLimits(in), Limits.TABLE_ELEMENTS, "elements of a table", start);
  }

  /** Passes over limits; the least that there is. */
  private static long skipLimits(Cursor in) {
    int flags = in.next();
    long least = in.unsigned();
    if ((flags & HAS_MAXIMUM) != 0) {
      in.unsigned();
    }
    return least;
  }

  private static void memories(Cursor in) {
    for (int left = count(in, "memories", Limits.MEMORIES); left > 0; left--) {
      skipLimits(in);
    }
  }

  private void globals(Cursor in) {
    for (int left = count(in, "globals", Limits.GLOBALS); left > 0; left--) {
      Types.skipValueType(in);
      in.next();
      new BodyScan(this, in).constant();
    }
  }

  private void exports(Cursor in) {
    for (int left = count(in, "exports", Limits.EXPORTS); left > 0; left--) {
      in.skipName();
      int kind = in.next();
      long index = in.unsigned();
      if (kind == 0) {
        declares(index);
      }
    }
  }

  private void elements(Cursor in) {
    for (int left = count(in, "element segments", Limits.SEGMENTS); left > 0; left--) {
      int start = in.position();
      long kind = in.unsigned();
      if (kind >= ELEMENT_KINDS) {
        throw new MalformedException(
            "malformed elements segment kind " + kind + " at offset " + start);
      }
      int flags = (int) kind;
      boolean active = (flags & NOT_ACTIVE) == 0;
      boolean explicit = (flags & EXPLICIT_OR_DECLARED) != 0;
      if (active) {
        if (explicit) {
          in.unsigned();
        }
        new BodyScan(this, in).constant();
      }
      if (!active || explicit) {
        if ((flags & EXPRESSIONS) == 0) {
          in.next();
        } else {
          Types.skipValueType(in);
        }
      }
      items(in, (flags & EXPRESSIONS) != 0);
    }
  }

  private void items(Cursor in, boolean expressions) {
    BodyScan values = new BodyScan(this, in);
    int start = in.position();
    int count = in.count("elements of a segment");
    segmentElements += count;
    Limits.check(segmentElements, Limits.SEGMENT_ELEMENTS, "elements of segments", start);
    for (int i = 0; i < count; i++) {
      if (expressions) {
        values.constant();
      } else {
        declares(in.unsigned());
      }
    }
  }

  private void code(Cursor in) {
    int count = count(in, "function bodies", Limits.FUNCTIONS);
    for (int i = 0; i < count; i++) {
      int start = in.position();
      Cursor body = in.part();
      Limits.check(body.remaining(), Limits.FUNCTION_BYTES, "bytes of a function", start);
      int index = importedFunctions + i;
      locals(body, types.params(typeOf(index)));
      new BodyScan(this, body).function(index, types.results(typeOf(index)));
      if (!body.isAtEnd()) {
        throw new MalformedException(
            "a function goes on after its end at offset " + body.position());
      }
    }
  }

  private void locals(Cursor in, int params) {
    long count = params;
    for (int left = in.count("groups of locals"); left > 0; left--) {
      int start = in.position();
      long more = in.unsigned();
      Types.skipValueType(in);
      count += more;
      Limits.check(count, Limits.LOCALS, "locals of a function", start);
      variables(more, in);
    }
  }

  private void data(Cursor in) {
    BodyScan offsets = new BodyScan(this, in);
    for (int left = count(in, "data segments", Limits.SEGMENTS); left > 0; left--) {
      long mode = in.unsigned();
      if (mode == 2) {
        in.unsigned();
      }
      if (mode != 1) {
        offsets.constant();
      }
      in.skipBytes();
    }
  }

  Types types() {
    return types;
  }

  /** The type of a function; one that there is not if there is no such function. */
  long typeOf(long function) {
    return function < functionTypes.length
        ? Integer.toUnsignedLong(functionTypes[(int) function])
        : Long.MAX_VALUE;
  }

  private void variables(long more, Cursor in) {
    variables += more;
    Limits.check(
        variables, Limits.variables(size), "locals of all functions together", in.position());
  }

  void values(long more, Cursor in) {
    values += more;
    Limits.check(
        values, Limits.values(size), "values of calls and branches together", in.position());
  }

  void leaves(long blocks, Cursor in) {
    leftBlocks += blocks;
    Limits.check(leftBlocks, Limits.LEFT_BLOCKS, "blocks left by branches together", in.position());
  }

  void declares(long function) {
    // One that there is not is refused by the validator; a set has room for those that there are.
    if (function < importedFunctions + Limits.FUNCTIONS) {
      declared.set((int) function);
    }
  }

  /** A function may be referred to in code if something outside of it does (section 3.4.10). */
  void refers(int from, long to, Cursor in) {
    if (to > Integer.MAX_VALUE || !declared.get((int) to)) {
      throw new InvalidException(
          "undeclared function reference: function "
              + from
              + " refers to function "
              + to
              + " at offset "
              + in.position());
    }
    if (from == to) {
      selfReferring.set(from);
    }
  }
}
