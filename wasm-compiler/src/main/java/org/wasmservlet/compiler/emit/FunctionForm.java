package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import java.util.function.IntFunction;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.plan.ChunkPlan;
import org.wasmservlet.compiler.plan.FrameLayout;

/**
 * Compiles one function to another form, in classes of its own beside the ordinary ones, whose
 * methods it calls.
 */
public final class FunctionForm {
  private static final String RESUMER = Helper.RUNTIME + "Resumer";

  private FunctionForm() {}

  /**
   * What a function became.
   *
   * @param main the class that has its method {@code f_N}; of a resuming form, a Resumer
   */
  public record Compiled(String main, Map<String, byte[]> classes, FormLayout layout) {}

  /**
   * Compiles a function.
   *
   * @param main the name of its class; those of all others begin with it
   * @param limit bytes of a chunk
   * @param decoder gives the function's blocks in the form, each time new ones
   */
  public static Compiled compile(
      ModuleShape shape,
      ClassNames names,
      String main,
      int function,
      int limit,
      IntFunction<FunctionIr> decoder) {
    return MethodSize.fit(
        limit, tried -> emit(ChunkPlan.of(decoder.apply(function), tried), shape, names, main));
  }

  private static MethodSize.Sized<Compiled> emit(
      ChunkPlan plan, ModuleShape shape, ClassNames names, String main) {
    FunctionIr function = plan.function();
    FrameFields frame = new FrameFields(new FrameLayout(plan, main + "Frame"));
    FormLayout layout = FormLayout.of(plan, frame);
    ActivationEmitter activations = new ActivationEmitter(plan, frame, layout);
    String method = "f_" + function.index();
    boolean resuming = function.form().isResuming();
    ClassFile file = resuming ? new ClassFile(main, RESUMER, ACC_FINAL) : ClassFile.holder(main);
    Holders holders = new Holders(file, part -> main + "_" + part);
    DrivenFunction driven = new DrivenFunction(plan, frame, holders, shape, names);
    if (resuming) {
      driven.emitResumed(method);
      emitResumer(file, method);
    } else {
      driven.emitCalled(method);
    }
    holders.put(frame.className, frame.toClass(activations::emit));
    int largest = Math.max(driven.largest(), file.largest());
    return new MethodSize.Sized<>(new Compiled(main, holders.finish(), layout), largest);
  }

  private static void emitResumer(ClassFile file, String method) {
    Bridges.constructor(file, RESUMER);
    MethodVisitor mv = file.method(ACC_PUBLIC, "resume", "(L" + Helper.CONTEXT + ";[JI)V");
    mv.visitVarInsn(ALOAD, 1);
    mv.visitTypeInsn(CHECKCAST, ClassNames.CONTEXT);
    mv.visitVarInsn(ALOAD, 2);
    mv.visitVarInsn(ILOAD, 3);
    mv.visitMethodInsn(INVOKESTATIC, file.name, method, ActivationEmitter.RESUME, false);
    mv.visitInsn(RETURN);
    file.end(mv);
  }
}
