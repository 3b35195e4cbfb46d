package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.ALOAD;

import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.plan.Bits;
import org.wasmservlet.compiler.plan.Chunk;
import org.wasmservlet.compiler.plan.ChunkPlan;

/**
 * The end of a chunk that calls the next one, with what is needed from there on as arguments, and
 * of a whole function.
 */
final class CallingEnd implements ChunkEnd {
  private final ChunkPlan plan;
  private final Chunk chunk;
  private final JvmMethod method;
  private final TreeEmitter trees;
  private final MethodVisitor mv;
  private final char[] types;
  private final char result;

  /** By chunk: its method. Null for a whole function. */
  private final MethodName[] callees;

  CallingEnd(
      ChunkPlan plan, Chunk chunk, JvmMethod method, TreeEmitter trees, MethodName[] callees) {
    this.plan = plan;
    this.chunk = chunk;
    this.method = method;
    this.trees = trees;
    this.mv = method.mv;
    this.types = plan.function().variables();
    this.result = plan.function().signature().resultType();
    this.callees = callees;
  }

  /** The descriptor of a chunk's method: (context, place among its entries, parameters). */
  static String descriptor(FunctionIr function, Chunk chunk) {
    StringBuilder descriptor = new StringBuilder("(L" + ClassNames.CONTEXT + ";I");
    for (int parameter : chunk.parameters) {
      descriptor.append(JvmTypes.descriptor(function.variables()[parameter]));
    }
    return descriptor
        .append(')')
        .append(JvmTypes.descriptor(function.signature().resultType()))
        .toString();
  }

  @Override
  public void goOn(long[] stored, int id) {
    int number = ChunkPlan.chunkOfId(id);
    Chunk next = plan.chunks().get(number);
    mv.visitVarInsn(ALOAD, 0);
    method.pushInt(ChunkPlan.placeOfId(id));
    for (int parameter : next.parameters) {
      int position = chunk.positionOf(parameter);
      if (position >= 0 && Bits.has(stored, position)) {
        method.load(parameter);
      } else {
        // Not needed at this entry, or a local that has its first value.
        method.zero(types[parameter]);
      }
    }
    method.invokeStatic(
        callees[number].owner(), callees[number].name(), descriptor(plan.function(), next));
    mv.visitInsn(JvmTypes.returnOp(result));
  }

  @Override
  public void goOn(long[] stored) {
    throw new AssertionError("there is no driver");
  }

  @Override
  public void capture(long[] stored, int site) {
    throw new AssertionError("there is no frame");
  }

  @Override
  public void giveBack(Node end) {
    if (end.in.length > 0) {
      trees.emit(end.in[0]);
    }
    mv.visitInsn(JvmTypes.returnOp(result));
  }
}
