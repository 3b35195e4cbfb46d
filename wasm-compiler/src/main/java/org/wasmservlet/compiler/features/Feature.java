package org.wasmservlet.compiler.features;

import com.dylibso.chicory.wasm.types.OpCode;

/** What came to WebAssembly after its first version, by proposal. */
public enum Feature {
  MULTI_VALUE("several results"),
  SIGN_EXTENSION("sign extension"),
  SATURATING("saturating conversions"),
  BULK_MEMORY("bulk memory"),
  REFERENCE_TYPES("references"),
  VECTORS("vectors (SIMD)"),
  RELAXED_VECTORS("relaxed vectors"),
  TAIL_CALLS("tail calls"),
  EXTENDED_CONSTANTS("extended constants"),
  THROWING("exceptions that are thrown"),
  EXCEPTIONS("exceptions (try_table)"),
  LEGACY_EXCEPTIONS("legacy exceptions (try)"),
  TYPED_REFERENCES("typed function references"),
  GARBAGE_COLLECTION("garbage collection"),
  MEMORIES("several memories"),
  MEMORY_64("64-bit memory"),
  SHARED_MEMORY("shared memory (threads)"),
  ATOMICS("atomic instructions"),
  UNKNOWN("instructions that are not known here");

  private final String text;

  Feature(String text) {
    this.text = text;
  }

  /** In words. */
  public String text() {
    return text;
  }

  /** What brought an instruction; null if it has always been there. */
  static Feature of(OpCode op) {
    int code = op.opcode();
    return switch (code >>> 8) {
      case 0 -> ofOneByte(code);
      case 0xFB -> GARBAGE_COLLECTION;
      case 0xFC -> ofNumber(code & 0xFF);
      case 0xFE -> ATOMICS;
      default -> null;
    };
  }

  private static Feature ofOneByte(int code) {
    return switch (code) {
      case 0x08 -> THROWING;
      case 0x0A, 0x1F -> EXCEPTIONS;
      case 0x12, 0x13 -> TAIL_CALLS;
      case 0x1C, 0x25, 0x26, 0xD0, 0xD1, 0xD2 -> REFERENCE_TYPES;
      case 0x14, 0x15, 0xD4, 0xD5, 0xD6 -> TYPED_REFERENCES;
      case 0xC0, 0xC1, 0xC2, 0xC3, 0xC4 -> SIGN_EXTENSION;
      case 0xD3 -> GARBAGE_COLLECTION;
      default -> null;
    };
  }

  /** Of those that begin with 0xFC (core specification, 5.4). */
  private static Feature ofNumber(int code) {
    if (code < 0x08) {
      return SATURATING;
    }
    return code < 0x0F ? BULK_MEMORY : REFERENCE_TYPES;
  }
}
