package org.wasmservlet.compiler.ir;

import java.util.Arrays;
import org.wasmservlet.compiler.ir.VectorOperator.Immediates;
import org.wasmservlet.compiler.ir.VectorOperator.Kind;

/** The vector instructions, relaxed ones too (core specification, 5.4.9). */
public final class VectorOperators {
  private static final VectorOperator[] BY_CODE = new VectorOperator[0x114];

  /** A half of any shuffle: takes the halves of both operands, and its lanes. */
  public static final Helper SHUFFLE = helper("i8x16", "shuffle", "JJJJJ", 'J');

  /** Makes four bytes unsigned numbers of 16 bits. */
  public static final Helper SPREAD = helper("i16x8", "extend_u", "J", 'J');

  private static final String[] SHAPES = {"i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"};

  private static final String COMPARISONS = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
  private static final String SHIFTS = "shl shr_s shr_u";
  private static final String SATURATING = "add add_sat_s add_sat_u sub sub_sat_s sub_sat_u";
  private static final String EXTREMES = "min_s min_u max_s max_u";
  private static final String FLOAT_COMPARISONS = "eq ne lt gt le ge";
  private static final String FLOAT_ARITHMETIC = "add sub mul div min max pmin pmax";

  static {
    memory();
    lanes();
    comparisons();
    bits();
    bytes();
    shorts();
    ints();
    longs();
    floats();
    relaxed();
  }

  private VectorOperators() {}

  /**
   * The instruction of a code.
   *
   * @param code its second number, unsigned
   * @return null if there is none
   */
  public static VectorOperator of(long code) {
    return code < BY_CODE.length ? BY_CODE[(int) code] : null;
  }

  private static void memory() {
    access(0x00, Kind.LOAD, "load", "i64x2", 16, null);
    access(0x01, Kind.LOAD_EXTEND, "load8x8_s", "i16x8", 8, "extend_s");
    access(0x02, Kind.LOAD_EXTEND, "load8x8_u", "i16x8", 8, "extend_u");
    access(0x03, Kind.LOAD_EXTEND, "load16x4_s", "i32x4", 8, "extend_s");
    access(0x04, Kind.LOAD_EXTEND, "load16x4_u", "i32x4", 8, "extend_u");
    access(0x05, Kind.LOAD_EXTEND, "load32x2_s", "i64x2", 8, "extend_s");
    access(0x06, Kind.LOAD_EXTEND, "load32x2_u", "i64x2", 8, "extend_u");
    for (int i = 0; i < 4; i++) {
      int width = 1 << i;
      String bits = String.valueOf(8 * width);
      access(0x07 + i, Kind.LOAD_SPLAT, "load" + bits + "_splat", SHAPES[i], width, null);
      access(0x54 + i, Kind.LOAD_LANE, "load" + bits + "_lane", SHAPES[i], width, null);
      access(0x58 + i, Kind.STORE_LANE, "store" + bits + "_lane", SHAPES[i], width, null);
    }
    access(0x0B, Kind.STORE, "store", "i64x2", 16, null);
    access(0x5C, Kind.LOAD_ZERO, "load32_zero", "i32x4", 4, null);
    access(0x5D, Kind.LOAD_ZERO, "load64_zero", "i64x2", 8, null);
  }

  private static void lanes() {
    put(0x0C, Kind.CONST, "v128.const", "", 'V', Immediates.BYTES, "i64x2", 0, null);
    put(0x0D, Kind.SHUFFLE, "i8x16.shuffle", "VV", 'V', Immediates.SHUFFLE, "i8x16", 0, null);
    one(0x0E, Kind.SWIZZLE, "i8x16", "swizzle", "VV", 'V', "swizzle", "JJJ");
    for (int i = 0; i < SHAPES.length; i++) {
      String lane = String.valueOf(laneType(SHAPES[i]));
      one(0x0F + i, Kind.SPLAT, SHAPES[i], "splat", lane, 'V', "splat", lane);
    }
    extract(0x15, "i8x16", "extract_lane_s");
    extract(0x16, "i8x16", "extract_lane_u");
    replace(0x17, "i8x16");
    extract(0x18, "i16x8", "extract_lane_s");
    extract(0x19, "i16x8", "extract_lane_u");
    replace(0x1A, "i16x8");
    for (int i = 2; i < SHAPES.length; i++) {
      extract(0x1B + 2 * (i - 2), SHAPES[i], "extract_lane");
      replace(0x1C + 2 * (i - 2), SHAPES[i]);
    }
  }

  private static void comparisons() {
    binary(0x23, "i8x16", COMPARISONS);
    binary(0x2D, "i16x8", COMPARISONS);
    binary(0x37, "i32x4", COMPARISONS);
    binary(0x41, "f32x4", FLOAT_COMPARISONS);
    binary(0x47, "f64x2", FLOAT_COMPARISONS);
    binary(0xD6, "i64x2", "eq ne lt_s gt_s le_s ge_s");
  }

  private static void bits() {
    unary(0x4D, "v128", "not");
    binary(0x4E, "v128", "and andnot or xor");
    ternary(0x52, "v128", "bitselect", "bitselect");
    tests(0x53, "v128", "any_true");
  }

  private static void bytes() {
    unary(0x60, "i8x16", "abs neg popcnt");
    tests(0x63, "i8x16", "all_true bitmask");
    narrow(0x65, "i8x16", "narrow_i16x8_s", "narrow_s");
    narrow(0x66, "i8x16", "narrow_i16x8_u", "narrow_u");
    shifts(0x6B, "i8x16");
    binary(0x6E, "i8x16", SATURATING);
    binary(0x76, "i8x16", EXTREMES);
    binary(0x7B, "i8x16", "avgr_u");
  }

  private static void shorts() {
    unary(0x7C, "i16x8", "extadd_pairwise_i8x16_s", "extadd_pairwise_s");
    unary(0x7D, "i16x8", "extadd_pairwise_i8x16_u", "extadd_pairwise_u");
    unary(0x80, "i16x8", "abs neg");
    binary(0x82, "i16x8", "q15mulr_sat_s");
    tests(0x83, "i16x8", "all_true bitmask");
    narrow(0x85, "i16x8", "narrow_i32x4_s", "narrow_s");
    narrow(0x86, "i16x8", "narrow_i32x4_u", "narrow_u");
    extend(0x87, "i16x8", "i8x16");
    shifts(0x8B, "i16x8");
    binary(0x8E, "i16x8", SATURATING);
    binary(0x95, "i16x8", "mul " + EXTREMES);
    binary(0x9B, "i16x8", "avgr_u");
    multiply(0x9C, "i16x8", "i8x16");
  }

  private static void ints() {
    unary(0x7E, "i32x4", "extadd_pairwise_i16x8_s", "extadd_pairwise_s");
    unary(0x7F, "i32x4", "extadd_pairwise_i16x8_u", "extadd_pairwise_u");
    unary(0xA0, "i32x4", "abs neg");
    tests(0xA3, "i32x4", "all_true bitmask");
    extend(0xA7, "i32x4", "i16x8");
    shifts(0xAB, "i32x4");
    binary(0xAE, "i32x4", "add");
    binary(0xB1, "i32x4", "sub");
    binary(0xB5, "i32x4", "mul " + EXTREMES);
    binary(0xBA, "i32x4", "dot_i16x8_s");
    multiply(0xBC, "i32x4", "i16x8");
  }

  private static void longs() {
    unary(0xC0, "i64x2", "abs neg");
    tests(0xC3, "i64x2", "all_true bitmask");
    extend(0xC7, "i64x2", "i32x4");
    shifts(0xCB, "i64x2");
    binary(0xCE, "i64x2", "add");
    binary(0xD1, "i64x2", "sub");
    binary(0xD5, "i64x2", "mul");
    multiply(0xDC, "i64x2", "i32x4");
  }

  private static void floats() {
    unary(0x67, "f32x4", "ceil floor trunc nearest");
    unary(0xE0, "f32x4", "abs neg");
    unary(0xE3, "f32x4", "sqrt");
    binary(0xE4, "f32x4", FLOAT_ARITHMETIC);
    unary(0x74, "f64x2", "ceil floor");
    unary(0x7A, "f64x2", "trunc");
    unary(0x94, "f64x2", "nearest");
    unary(0xEC, "f64x2", "abs neg");
    unary(0xEF, "f64x2", "sqrt");
    binary(0xF0, "f64x2", FLOAT_ARITHMETIC);
    one(0x5E, Kind.NARROW_ZERO, "f32x4", "demote_f64x2_zero", "V", 'V', "demote_f64x2", "JJ");
    one(0x5F, Kind.WIDEN_LOW, "f64x2", "promote_low_f32x4", "V", 'V', "promote", "J");
    unary(0xF8, "i32x4", "trunc_sat_f32x4_s trunc_sat_f32x4_u");
    unary(0xFA, "f32x4", "convert_i32x4_s convert_i32x4_u");
    truncate(0xFC, "trunc_sat_f64x2_s_zero", "trunc_sat_f64x2_s");
    truncate(0xFD, "trunc_sat_f64x2_u_zero", "trunc_sat_f64x2_u");
    one(0xFE, Kind.WIDEN_LOW, "f64x2", "convert_low_i32x4_s", "V", 'V', "convert_s", "J");
    one(0xFF, Kind.WIDEN_LOW, "f64x2", "convert_low_i32x4_u", "V", 'V', "convert_u", "J");
  }

  /** Each does what the specification's deterministic profile says (4.3.6, Relaxed Operations). */
  private static void relaxed() {
    one(0x100, Kind.SWIZZLE, "i8x16", "relaxed_swizzle", "VV", 'V', "swizzle", "JJJ");
    unary(0x101, "i32x4", "relaxed_trunc_f32x4_s", "trunc_sat_f32x4_s");
    unary(0x102, "i32x4", "relaxed_trunc_f32x4_u", "trunc_sat_f32x4_u");
    truncate(0x103, "relaxed_trunc_f64x2_s_zero", "trunc_sat_f64x2_s");
    truncate(0x104, "relaxed_trunc_f64x2_u_zero", "trunc_sat_f64x2_u");
    ternary(0x105, "f32x4", "relaxed_madd", "madd");
    ternary(0x106, "f32x4", "relaxed_nmadd", "nmadd");
    ternary(0x107, "f64x2", "relaxed_madd", "madd");
    ternary(0x108, "f64x2", "relaxed_nmadd", "nmadd");
    for (int i = 0; i < 4; i++) {
      Helper select = helper("v128", "bitselect", "JJJ", 'J');
      String name = SHAPES[i] + ".relaxed_laneselect";
      put(0x109 + i, Kind.LANES, name, "VVV", 'V', Immediates.NONE, SHAPES[i], 0, select);
    }
    for (int i = 0; i < 2; i++) {
      binary(0x10D + 2 * i, SHAPES[4 + i], "relaxed_min", "min");
      binary(0x10E + 2 * i, SHAPES[4 + i], "relaxed_max", "max");
    }
    binary(0x111, "i16x8", "relaxed_q15mulr_s", "q15mulr_sat_s");
    binary(0x112, "i16x8", "relaxed_dot_i8x16_i7x16_s", "dot");
    ternary(0x113, "i32x4", "relaxed_dot_i8x16_i7x16_add_s", "dot_add");
  }

  // Of several instructions, whose codes follow one another; a method is called as its instruction.

  private static void unary(int first, String shape, String names) {
    int code = first;
    for (String name : names.split(" ")) {
      unary(code++, shape, name, name);
    }
  }

  private static void unary(int code, String shape, String name, String method) {
    one(code, Kind.LANES, shape, name, "V", 'V', method, "J");
  }

  private static void binary(int first, String shape, String names) {
    int code = first;
    for (String name : names.split(" ")) {
      binary(code++, shape, name, name);
    }
  }

  private static void binary(int code, String shape, String name, String method) {
    one(code, Kind.LANES, shape, name, "VV", 'V', method, "JJ");
  }

  private static void ternary(int code, String shape, String name, String method) {
    one(code, Kind.LANES, shape, name, "VVV", 'V', method, "JJJ");
  }

  private static void shifts(int first, String shape) {
    int code = first;
    for (String name : SHIFTS.split(" ")) {
      one(code++, Kind.SHIFT, shape, name, "VI", 'V', name, "JI");
    }
  }

  private static void tests(int first, String shape, String names) {
    int code = first;
    for (String name : names.split(" ")) {
      one(code++, Kind.TEST, shape, name, "V", 'I', name, "JJ");
    }
  }

  private static void narrow(int code, String shape, String name, String method) {
    one(code, Kind.NARROW, shape, name, "VV", 'V', method, "JJ");
  }

  private static void truncate(int code, String name, String method) {
    one(code, Kind.NARROW_ZERO, "i32x4", name, "V", 'V', method, "JJ");
  }

  private static void extend(int first, String shape, String from) {
    widen(first, shape, "extend", "_" + from, "V", "J");
  }

  private static void multiply(int first, String shape, String from) {
    widen(first, shape, "extmul", "_" + from, "VV", "JJ");
  }

  private static void widen(
      int first, String shape, String name, String from, String operands, String halves) {
    String low = name + "_low" + from;
    String high = name + "_high" + from;
    one(first, Kind.WIDEN_LOW, shape, low + "_s", operands, 'V', name + "_s", halves);
    one(first + 1, Kind.WIDEN_HIGH, shape, high + "_s", operands, 'V', name + "_s", halves);
    one(first + 2, Kind.WIDEN_LOW, shape, low + "_u", operands, 'V', name + "_u", halves);
    one(first + 3, Kind.WIDEN_HIGH, shape, high + "_u", operands, 'V', name + "_u", halves);
  }

  // Of one

  private static void extract(int code, String shape, String name) {
    char lane = laneType(shape);
    Helper helper = helper(shape, name, "J", lane);
    put(code, Kind.EXTRACT, shape + "." + name, "V", lane, Immediates.LANE, shape, 0, helper);
  }

  private static void replace(int code, String shape) {
    String lane = String.valueOf(laneType(shape));
    Helper helper = helper(shape, "replace_lane", "J" + lane, 'J');
    String name = shape + ".replace_lane";
    put(code, Kind.REPLACE, name, "V" + lane, 'V', Immediates.LANE, shape, 0, helper);
  }

  private static void access(
      int code, Kind kind, String name, String shape, int width, String method) {
    boolean lane = kind == Kind.LOAD_LANE || kind == Kind.STORE_LANE;
    boolean stores = kind == Kind.STORE || kind == Kind.STORE_LANE;
    put(
        code,
        kind,
        "v128." + name,
        lane || stores ? "IV" : "I",
        stores ? ' ' : 'V',
        lane ? Immediates.MEMORY_LANE : Immediates.MEMORY,
        shape,
        width,
        method == null ? null : helper(shape, method, "J", 'J'));
  }

  private static void one(
      int code,
      Kind kind,
      String shape,
      String name,
      String operands,
      char result,
      String method,
      String halves) {
    Helper helper = helper(shape, method, halves, result == 'V' ? 'J' : result);
    put(code, kind, shape + "." + name, operands, result, Immediates.NONE, shape, 0, helper);
  }

  private static void put(
      int code,
      Kind kind,
      String name,
      String operands,
      char result,
      Immediates immediates,
      String shape,
      int width,
      Helper helper) {
    byte[] params = new byte[operands.length()];
    for (int i = 0; i < params.length; i++) {
      params[i] = valueType(operands.charAt(i));
    }
    byte[] results = result == ' ' ? new byte[0] : new byte[] {valueType(result)};
    if (BY_CODE[code] != null) {
      throw new IllegalStateException(name + " and " + BY_CODE[code].name());
    }
    BlockType type = BlockType.of(params, results);
    BY_CODE[code] = new VectorOperator(code, name, kind, type, immediates, shape, width, helper);
  }

  private static byte valueType(char type) {
    return switch (type) {
      case 'I' -> ValueTypes.I32;
      case 'J' -> ValueTypes.I64;
      case 'F' -> ValueTypes.F32;
      case 'D' -> ValueTypes.F64;
      default -> ValueTypes.V128;
    };
  }

  private static char laneType(String shape) {
    return switch (shape) {
      case "i64x2" -> 'J';
      case "f32x4" -> 'F';
      case "f64x2" -> 'D';
      default -> 'I';
    };
  }

  /** The method of a shape's class that is called as an instruction. */
  private static Helper helper(String shape, String instruction, String operands, char result) {
    String owner = Character.toUpperCase(shape.charAt(0)) + shape.substring(1);
    String[] words = instruction.split("_");
    StringBuilder method = new StringBuilder(words[0]);
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      method.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return Helper.computing(owner, method.toString(), operands, result);
  }
}
