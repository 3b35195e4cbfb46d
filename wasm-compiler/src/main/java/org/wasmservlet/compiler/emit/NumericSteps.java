package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumMap;
import java.util.Map;
import org.wasmservlet.compiler.ir.Features;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.NotCompiledException;

/** What the JVM does for each numeric instruction that is no comparison. */
final class NumericSteps {
  /** Emits a part of it. */
  interface Step {
    void emit(JvmMethod method);
  }

  static final Step ZERO_EXTEND =
      method -> {
        method.mv.visitInsn(I2L);
        method.mv.visitLdcInsn(0xFFFFFFFFL);
        method.mv.visitInsn(LAND);
      };

  private static final String NUMERIC = Helper.RUNTIME + "Numeric";
  private static final String INTEGER_CLASS = "java/lang/Integer";
  private static final String LONG_CLASS = "java/lang/Long";
  private static final String FLOAT_CLASS = "java/lang/Float";
  private static final String DOUBLE_CLASS = "java/lang/Double";
  private static final String MATH = "java/lang/Math";

  private static final Map<OpCode, Step[]> STEPS = new EnumMap<>(OpCode.class);

  static {
    put(OpCode.I32_ADD, insn(IADD));
    put(OpCode.I32_SUB, insn(ISUB));
    put(OpCode.I32_MUL, insn(IMUL));
    put(OpCode.I32_AND, insn(IAND));
    put(OpCode.I32_OR, insn(IOR));
    put(OpCode.I32_XOR, insn(IXOR));
    put(OpCode.I32_SHL, insn(ISHL));
    put(OpCode.I32_SHR_S, insn(ISHR));
    put(OpCode.I32_SHR_U, insn(IUSHR));
    put(OpCode.I64_ADD, insn(LADD));
    put(OpCode.I64_SUB, insn(LSUB));
    put(OpCode.I64_MUL, insn(LMUL));
    put(OpCode.I64_AND, insn(LAND));
    put(OpCode.I64_OR, insn(LOR));
    put(OpCode.I64_XOR, insn(LXOR));
    put(OpCode.I64_SHL, insn(L2I), insn(LSHL));
    put(OpCode.I64_SHR_S, insn(L2I), insn(LSHR));
    put(OpCode.I64_SHR_U, insn(L2I), insn(LUSHR));
    put(OpCode.F32_NEG, insn(FNEG));
    put(OpCode.F32_ADD, insn(FADD));
    put(OpCode.F32_SUB, insn(FSUB));
    put(OpCode.F32_MUL, insn(FMUL));
    put(OpCode.F32_DIV, insn(FDIV));
    put(OpCode.F64_NEG, insn(DNEG));
    put(OpCode.F64_ADD, insn(DADD));
    put(OpCode.F64_SUB, insn(DSUB));
    put(OpCode.F64_MUL, insn(DMUL));
    put(OpCode.F64_DIV, insn(DDIV));
    put(OpCode.I32_WRAP_I64, insn(L2I));
    put(OpCode.I64_EXTEND_I32_S, insn(I2L));
    put(OpCode.F32_CONVERT_I32_S, insn(I2F));
    put(OpCode.F32_CONVERT_I64_S, insn(L2F));
    put(OpCode.F32_DEMOTE_F64, insn(D2F));
    put(OpCode.F64_CONVERT_I32_S, insn(I2D));
    put(OpCode.F64_CONVERT_I64_S, insn(L2D));
    put(OpCode.F64_PROMOTE_F32, insn(F2D));
    put(OpCode.I32_EXTEND_8_S, insn(I2B));
    put(OpCode.I32_EXTEND_16_S, insn(I2S));
    put(OpCode.I32_TRUNC_SAT_F32_S, insn(F2I));
    put(OpCode.I32_TRUNC_SAT_F64_S, insn(D2I));
    put(OpCode.I64_TRUNC_SAT_F32_S, insn(F2L));
    put(OpCode.I64_TRUNC_SAT_F64_S, insn(D2L));
    put(OpCode.I32_CLZ, call(INTEGER_CLASS, "numberOfLeadingZeros", "(I)I"));
    put(OpCode.I32_CTZ, call(INTEGER_CLASS, "numberOfTrailingZeros", "(I)I"));
    put(OpCode.I32_POPCNT, call(INTEGER_CLASS, "bitCount", "(I)I"));
    put(OpCode.I32_ROTL, call(INTEGER_CLASS, "rotateLeft", "(II)I"));
    put(OpCode.I32_ROTR, call(INTEGER_CLASS, "rotateRight", "(II)I"));
    put(OpCode.I64_CLZ, call(LONG_CLASS, "numberOfLeadingZeros", "(J)I"), insn(I2L));
    put(OpCode.I64_CTZ, call(LONG_CLASS, "numberOfTrailingZeros", "(J)I"), insn(I2L));
    put(OpCode.I64_POPCNT, call(LONG_CLASS, "bitCount", "(J)I"), insn(I2L));
    put(OpCode.I64_ROTL, insn(L2I), call(LONG_CLASS, "rotateLeft", "(JI)J"));
    put(OpCode.I64_ROTR, insn(L2I), call(LONG_CLASS, "rotateRight", "(JI)J"));
    put(OpCode.I32_DIV_S, call(NUMERIC, "divS", "(II)I"));
    put(OpCode.I32_DIV_U, call(INTEGER_CLASS, "divideUnsigned", "(II)I"));
    put(OpCode.I32_REM_S, insn(IREM));
    put(OpCode.I32_REM_U, call(INTEGER_CLASS, "remainderUnsigned", "(II)I"));
    put(OpCode.I64_DIV_S, call(NUMERIC, "divS", "(JJ)J"));
    put(OpCode.I64_DIV_U, call(NUMERIC, "divU", "(JJ)J"));
    put(OpCode.I64_REM_S, insn(LREM));
    put(OpCode.I64_REM_U, call(NUMERIC, "remU", "(JJ)J"));
    put(OpCode.F32_ABS, call(NUMERIC, "abs", "(F)F"));
    put(OpCode.F64_ABS, call(NUMERIC, "abs", "(D)D"));
    put(OpCode.F32_COPYSIGN, call(MATH, "copySign", "(FF)F"));
    put(OpCode.F64_COPYSIGN, call(MATH, "copySign", "(DD)D"));
    put(OpCode.F32_SQRT, insn(F2D), call(MATH, "sqrt", "(D)D"), insn(D2F));
    put(OpCode.F64_SQRT, call(MATH, "sqrt", "(D)D"));
    put(OpCode.F32_CEIL, call(NUMERIC, "ceil", "(F)F"));
    put(OpCode.F32_FLOOR, call(NUMERIC, "floor", "(F)F"));
    put(OpCode.F32_TRUNC, call(NUMERIC, "trunc", "(F)F"));
    put(OpCode.F32_NEAREST, call(NUMERIC, "nearest", "(F)F"));
    put(OpCode.F32_MIN, call(NUMERIC, "min", "(FF)F"));
    put(OpCode.F32_MAX, call(NUMERIC, "max", "(FF)F"));
    put(OpCode.F64_CEIL, call(NUMERIC, "ceil", "(D)D"));
    put(OpCode.F64_FLOOR, call(NUMERIC, "floor", "(D)D"));
    put(OpCode.F64_TRUNC, call(NUMERIC, "trunc", "(D)D"));
    put(OpCode.F64_NEAREST, call(NUMERIC, "nearest", "(D)D"));
    put(OpCode.F64_MIN, call(NUMERIC, "min", "(DD)D"));
    put(OpCode.F64_MAX, call(NUMERIC, "max", "(DD)D"));
    put(OpCode.I32_TRUNC_F32_S, call(NUMERIC, "truncS", "(F)I"));
    put(OpCode.I32_TRUNC_F32_U, call(NUMERIC, "truncU", "(F)I"));
    put(OpCode.I32_TRUNC_F64_S, call(NUMERIC, "truncS", "(D)I"));
    put(OpCode.I32_TRUNC_F64_U, call(NUMERIC, "truncU", "(D)I"));
    put(OpCode.I64_TRUNC_F32_S, call(NUMERIC, "truncLongS", "(F)J"));
    put(OpCode.I64_TRUNC_F32_U, call(NUMERIC, "truncLongU", "(F)J"));
    put(OpCode.I64_TRUNC_F64_S, call(NUMERIC, "truncLongS", "(D)J"));
    put(OpCode.I64_TRUNC_F64_U, call(NUMERIC, "truncLongU", "(D)J"));
    put(OpCode.I32_TRUNC_SAT_F32_U, insn(F2D), call(NUMERIC, "satU", "(D)I"));
    put(OpCode.I32_TRUNC_SAT_F64_U, call(NUMERIC, "satU", "(D)I"));
    put(OpCode.I64_TRUNC_SAT_F32_U, insn(F2D), call(NUMERIC, "satLongU", "(D)J"));
    put(OpCode.I64_TRUNC_SAT_F64_U, call(NUMERIC, "satLongU", "(D)J"));
    put(OpCode.I64_EXTEND_I32_U, ZERO_EXTEND);
    put(OpCode.F32_CONVERT_I32_U, ZERO_EXTEND, insn(L2F));
    put(OpCode.F64_CONVERT_I32_U, ZERO_EXTEND, insn(L2D));
    put(OpCode.F32_CONVERT_I64_U, call(NUMERIC, "toFloatU", "(J)F"));
    put(OpCode.F64_CONVERT_I64_U, call(NUMERIC, "toDoubleU", "(J)D"));
    put(OpCode.I32_REINTERPRET_F32, call(FLOAT_CLASS, "floatToRawIntBits", "(F)I"));
    put(OpCode.I64_REINTERPRET_F64, call(DOUBLE_CLASS, "doubleToRawLongBits", "(D)J"));
    put(OpCode.F32_REINTERPRET_I32, call(FLOAT_CLASS, "intBitsToFloat", "(I)F"));
    put(OpCode.F64_REINTERPRET_I64, call(DOUBLE_CLASS, "longBitsToDouble", "(J)D"));
    put(OpCode.I64_EXTEND_8_S, insn(L2I), insn(I2B), insn(I2L));
    put(OpCode.I64_EXTEND_16_S, insn(L2I), insn(I2S), insn(I2L));
    put(OpCode.I64_EXTEND_32_S, insn(L2I), insn(I2L));
  }

  private NumericSteps() {}

  private static void put(OpCode op, Step... steps) {
    STEPS.put(op, steps);
  }

  private static Step insn(int opcode) {
    return method -> method.mv.visitInsn(opcode);
  }

  private static Step call(String owner, String name, String descriptor) {
    return method -> method.invokeStatic(owner, name, descriptor);
  }

  /** Emits an instruction whose operands are on the stack. */
  static void emit(OpCode op, JvmMethod method) {
    Step[] steps = STEPS.get(op);
    if (steps == null) {
      throw new NotCompiledException(Features.nameOf(op));
    }
    for (Step step : steps) {
      step.emit(method);
    }
  }
}
