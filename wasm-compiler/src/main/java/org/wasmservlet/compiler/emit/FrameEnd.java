package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.plan.Bits;
import org.wasmservlet.compiler.plan.Chunk;
import org.wasmservlet.compiler.plan.ChunkPlan;

/** The end of a chunk of a function with a driver: variables go where the next one finds them. */
final class FrameEnd implements ChunkEnd {
  private final ChunkPlan plan;
  private final Chunk chunk;
  private final JvmMethod method;
  private final TreeEmitter trees;
  private final MethodVisitor mv;
  private final FrameFields frame;
  private final boolean makesFrame;

  FrameEnd(ChunkPlan plan, Chunk chunk, JvmMethod method, TreeEmitter trees, FrameFields frame) {
    this.plan = plan;
    this.chunk = chunk;
    this.method = method;
    this.trees = trees;
    this.mv = method.mv;
    this.frame = frame;
    this.makesFrame = chunk.begins() && frame.isObject();
  }

  @Override
  public void goOn(long[] stored, int id) {
    method.pushInt(id);
    goOn(stored);
  }

  @Override
  public void goOn(long[] stored) {
    if (!makesFrame) {
      store(stored);
      mv.visitInsn(IRETURN);
      return;
    }
    makeFrame();
    mv.visitInsn(DUP_X1);
    mv.visitInsn(SWAP);
    mv.visitFieldInsn(PUTFIELD, frame.className, FrameFields.ID, "I");
    store(stored);
    mv.visitInsn(ARETURN);
  }

  private void store(long[] stored) {
    for (int i = 0; i < chunk.variables.length; i++) {
      if (Bits.has(stored, i)) {
        if (makesFrame) {
          mv.visitInsn(DUP);
        } else {
          mv.visitVarInsn(ALOAD, frame.parameter());
        }
        frame.put(method, chunk.variables[i]);
      }
    }
  }

  @Override
  public void capture(long[] stored, int site) {
    if (makesFrame) {
      makeFrame();
      store(stored);
    } else {
      store(stored);
      mv.visitVarInsn(ALOAD, frame.parameter());
    }
    method.pushInt(site);
    method.invokeStatic(
        frame.className, ActivationEmitter.SAVE, ActivationEmitter.saveDescriptor(frame));
    mv.visitInsn(ATHROW);
  }

  private void makeFrame() {
    mv.visitTypeInsn(NEW, frame.className);
    mv.visitInsn(DUP);
    mv.visitMethodInsn(INVOKESPECIAL, frame.className, "<init>", "()V", false);
  }

  @Override
  public void giveBack(Node end) {
    if (end.in.length > 0) {
      char result = plan.function().signature().resultType();
      mv.visitVarInsn(ALOAD, 0);
      trees.emitAbove(ClassNames.CONTEXT, end.in[0]);
      mv.visitFieldInsn(
          PUTFIELD,
          ClassNames.CONTEXT,
          FrameFields.resultField(result),
          JvmTypes.descriptor(result));
    }
    if (makesFrame) {
      mv.visitInsn(ACONST_NULL);
      mv.visitInsn(ARETURN);
    } else {
      mv.visitInsn(ICONST_M1);
      mv.visitInsn(IRETURN);
    }
  }
}
