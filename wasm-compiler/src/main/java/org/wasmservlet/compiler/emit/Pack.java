package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Signature;
import org.wasmservlet.compiler.plan.Chunk;
import org.wasmservlet.compiler.plan.ChunkPlan;
import org.wasmservlet.compiler.plan.FrameLayout;
import org.wasmservlet.compiler.plan.Passing;

/** Compiles a range of functions to classes. */
public final class Pack {
  private final ModuleShape shape;
  private final ClassNames names;
  private final int limit;
  private final IntFunction<FunctionIr> decoder;
  private final List<Integer> tailCalling = new ArrayList<>();
  private final List<Integer> catching = new ArrayList<>();
  private final Holders holders;
  private final ClassFile main;

  private Pack(
      ModuleShape shape, ClassNames names, int number, int limit, IntFunction<FunctionIr> decoder) {
    this.shape = shape;
    this.names = names;
    this.limit = limit;
    this.decoder = decoder;
    this.main = ClassFile.holder(ClassNames.pack(number));
    this.holders = new Holders(main, part -> ClassNames.overflow(number, part));
  }

  /**
   * What a pack became.
   *
   * @param classes by internal name
   * @param tailCalling the functions that leave tail calls
   * @param catching the functions that catch exceptions
   */
  public record Compiled(
      Map<String, byte[]> classes, List<Integer> tailCalling, List<Integer> catching) {}

  /**
   * Compiles functions.
   *
   * @param number of the pack
   * @param from the first function
   * @param to the one after the last
   * @param limit bytes of a chunk
   * @param decoder gives a function's blocks, each time new ones
   */
  public static Compiled compile(
      ModuleShape shape,
      ClassNames names,
      int number,
      int from,
      int to,
      int limit,
      IntFunction<FunctionIr> decoder) {
    return MethodSize.fit(
        limit, tried -> new Pack(shape, names, number, tried, decoder).emit(from, to));
  }

  private MethodSize.Sized<Compiled> emit(int from, int to) {
    int largest = 0;
    for (int function = from; function < to; function++) {
      largest = Math.max(largest, emit(function));
    }
    largest = Math.max(largest, main.largest());
    return new MethodSize.Sized<>(new Compiled(holders.finish(), tailCalling, catching), largest);
  }

  private int emit(int index) {
    FunctionIr function = decoder.apply(index);
    ChunkPlan plan = ChunkPlan.of(function, limit);
    String name = (function.tailCalls() ? "t_" : "f_") + index;
    int largest = 0;
    if (!plan.isSplit()) {
      MethodVisitor mv = main.method(ACC_STATIC, name, function.signature().descriptor);
      ChunkEmitter.whole(plan, null, shape, names, mv);
      main.end(mv);
    } else if (plan.passing() == Passing.ARGUMENTS) {
      largest = emitChained(plan, name);
    } else {
      largest = emitDriven(plan, name);
    }
    if (function.catches()) {
      catching.add(index);
    }
    if (function.tailCalls()) {
      tailCalling.add(index);
      emitFinisher(function);
    }
    return largest;
  }

  private int emitChained(ChunkPlan plan, String name) {
    FunctionIr function = plan.function();
    int count = plan.chunks().size();
    MethodName[] callees = new MethodName[count];
    int largest = 0;
    // The last one first: each calls only later ones.
    for (int i = count - 1; i > 0; i--) {
      Chunk chunk = plan.chunks().get(i);
      ClassFile holder = holders.room();
      callees[i] = new MethodName(holder.name, "c_" + function.index() + "_" + i);
      MethodVisitor mv =
          holder.method(ACC_STATIC, callees[i].name(), CallingEnd.descriptor(function, chunk));
      ChunkEmitter.called(plan, chunk, callees, shape, names, mv);
      holder.end(mv);
      largest = Math.max(largest, holder.largest());
    }
    MethodVisitor mv = main.method(ACC_STATIC, name, function.signature().descriptor);
    ChunkEmitter.whole(plan, callees, shape, names, mv);
    main.end(mv);
    return largest;
  }

  private int emitDriven(ChunkPlan plan, String name) {
    int index = plan.function().index();
    FrameFields frame = new FrameFields(new FrameLayout(plan, ClassNames.frame(index)));
    DrivenFunction driven = new DrivenFunction(plan, frame, holders, shape, names);
    driven.emitCalled(name);
    if (plan.passing() == Passing.FRAME) {
      holders.put(frame.className, frame.toClass());
    }
    return driven.largest();
  }

  /** Emits f_N for a function that leaves tail calls: it makes them before it returns. */
  private void emitFinisher(FunctionIr function) {
    Signature signature = function.signature();
    MethodVisitor mv = main.method(ACC_STATIC, "f_" + function.index(), signature.descriptor);
    char[] types = function.variables();
    JvmMethod method = new JvmMethod(mv, types, ClassNames.CONTEXT);
    mv.visitVarInsn(ALOAD, 0);
    for (int parameter : function.parameters()) {
      method.allocate(parameter);
      method.load(parameter);
    }
    method.invokeStatic(main.name, "t_" + function.index(), signature.descriptor);
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, ClassNames.CONTEXT, "tail", "L" + Helper.RUNTIME + "Entry;");
    Label pending = new Label();
    mv.visitJumpInsn(IFNONNULL, pending);
    char result = signature.resultType();
    mv.visitInsn(JvmTypes.returnOp(result));
    Object[] stack =
        result == 'V' ? new Object[0] : new Object[] {JvmTypes.verificationType(result)};
    mv.visitLabel(pending);
    mv.visitFrame(F_NEW, 1, new Object[] {ClassNames.CONTEXT}, stack.length, stack);
    if (result != 'V') {
      mv.visitInsn(JvmTypes.isWide(result) ? POP2 : POP);
    }
    mv.visitVarInsn(ALOAD, 0);
    method.invokeStatic(Helper.RUNTIME + "Calls", "finish", "(L" + Helper.CONTEXT + ";)[J");
    Bridges.unpackResult(method, result);
    mv.visitInsn(JvmTypes.returnOp(result));
    main.end(mv);
  }
}
