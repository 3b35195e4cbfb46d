package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.MalformedException;
import java.util.Arrays;

/** The type section: how many values functions of each type take and give. */
final class Types {
  private static final int FUNCTION = 0x60;
  private static final int STRUCT = 0x5F;
  private static final int ARRAY = 0x5E;
  private static final int SUB = 0x50;
  private static final int SUB_FINAL = 0x4F;
  private static final int GROUP = 0x4E;

  /** Of value types: what is followed by a heap type. */
  private static final int REF = 0x64;

  private static final int REF_NULL = 0x63;

  /** A heap type is a signed number of 33 bits. */
  private static final int HEAP_TYPE_BITS = 33;

  private int count;
  private short[] params = {};
  private short[] results = {};

  void read(Cursor in) {
    int groups = in.count("types");
    for (int i = 0; i < groups; i++) {
      int form = in.next();
      if (form == GROUP) {
        for (int left = in.count("types of a group"); left > 0; left--) {
          readSubType(in, in.next());
        }
      } else {
        readSubType(in, form);
      }
    }
  }

  private void readSubType(Cursor in, int form) {
    if (form == SUB || form == SUB_FINAL) {
      for (int left = in.count("supertypes"); left > 0; left--) {
        in.unsigned();
      }
      readComposite(in, in.next());
    } else {
      readComposite(in, form);
    }
  }

  private void readComposite(Cursor in, int form) {
    int takes = 0;
    int gives = 0;
    switch (form) {
      case FUNCTION -> {
        takes = values(in, "parameters of a type", Limits.PARAMETERS);
        gives = values(in, "results of a type", Limits.RESULTS);
      }
      case STRUCT -> {
        int start = in.position();
        int fields = in.count("fields of a type");
        Limits.check(fields, Limits.FIELDS, "fields of a type", start);
        for (int i = 0; i < fields; i++) {
          skipField(in);
        }
      }
      case ARRAY -> skipField(in);
      default -> throw new MalformedException("an unknown kind of type at offset " + in.position());
    }
    Limits.check(count + 1, Limits.TYPES, "types", in.position());
    if (count == params.length) {
      params = Arrays.copyOf(params, 16 + 2 * count);
      results = Arrays.copyOf(results, params.length);
    }
    params[count] = (short) takes;
    results[count] = (short) gives;
    count++;
  }

  private static int values(Cursor in, String what, int limit) {
    int start = in.position();
    int count = in.count(what);
    Limits.check(count, limit, what, start);
    for (int i = 0; i < count; i++) {
      skipValueType(in);
    }
    return count;
  }

  private static void skipField(Cursor in) {
    skipValueType(in);
    in.next();
  }

  static void skipValueType(Cursor in) {
    skipRestOfValueType(in, in.next());
  }

  static void skipRestOfValueType(Cursor in, int first) {
    if (first == REF || first == REF_NULL) {
      in.skipSigned(HEAP_TYPE_BITS);
    }
  }

  /** 0 where there is no such type: the validator says so. */
  int params(long type) {
    return type < count ? params[(int) type] : 0;
  }

  /** 0 where there is no such type. */
  int results(long type) {
    return type < count ? results[(int) type] : 0;
  }
}
