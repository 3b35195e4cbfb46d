package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.NotCompiledException;
import org.wasmservlet.compiler.ir.Signature;
import org.wasmservlet.compiler.plan.Chunk;
import org.wasmservlet.compiler.plan.ChunkPlan;
import org.wasmservlet.compiler.plan.FrameLayout;
import org.wasmservlet.compiler.plan.Passing;

/** Compiles a range of functions to classes. */
public final class Pack {
  /** HotSpot's limit. Tests that forbid splitting allow more. */
  private static final int HUGE_METHOD = 8_000;

  private final ModuleShape shape;
  private final ClassNames names;
  private final int number;
  private final int limit;
  private final IntFunction<FunctionIr> decoder;
  private final Map<String, byte[]> classes = new LinkedHashMap<>();
  private final List<Integer> tailCalling = new ArrayList<>();
  private final ClassFile main;
  private ClassFile overflow;
  private int overflows;

  private Pack(
      ModuleShape shape, ClassNames names, int number, int limit, IntFunction<FunctionIr> decoder) {
    this.shape = shape;
    this.names = names;
    this.number = number;
    this.limit = limit;
    this.decoder = decoder;
    this.main = ClassFile.holder(ClassNames.pack(number));
    this.overflow = main;
  }

  /** What a pack became: its classes by internal name, and which functions leave tail calls. */
  public record Compiled(Map<String, byte[]> classes, List<Integer> tailCalling) {}

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
    int tried = limit;
    while (true) {
      Pack pack = new Pack(shape, names, number, tried, decoder);
      int largest;
      try {
        largest = pack.emit(from, to);
      } catch (org.objectweb.asm.MethodTooLargeException
          | org.objectweb.asm.ClassTooLargeException e) {
        largest = Integer.MAX_VALUE;
      }
      if (largest < Math.max(HUGE_METHOD, limit + limit / 4)) {
        return new Compiled(pack.classes, pack.tailCalling);
      }
      if (tried < 50) {
        throw new NotCompiledException("a function of such a size");
      }
      // The estimate was wrong for some method: cut finer.
      tried = Math.min(tried, HUGE_METHOD) / 2;
    }
  }

  private int emit(int from, int to) {
    int largest = 0;
    for (int function = from; function < to; function++) {
      largest = Math.max(largest, emit(function));
    }
    largest = Math.max(largest, main.largest());
    classes.put(main.name, main.toBytes());
    if (overflow != main) {
      classes.put(overflow.name, overflow.toBytes());
    }
    return largest;
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
      ClassFile holder = room();
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
    FunctionIr function = plan.function();
    FrameFields frame = new FrameFields(new FrameLayout(plan));
    List<MethodName> targets = new ArrayList<>();
    int largest = 0;
    if (plan.chunks().size() > DriverEmitter.MOST_CHUNKS) {
      throw new NotCompiledException("a function of such a size");
    }
    ClassFile overflow = room();
    String beginning = "b_" + function.index();
    MethodVisitor mv =
        overflow.method(
            ACC_STATIC, beginning, DriverEmitter.beginningDescriptor(function.signature(), frame));
    ChunkEmitter.beginning(plan, frame, shape, names, mv);
    overflow.end(mv);
    largest = overflow.largest();
    MethodName first = new MethodName(overflow.name, beginning);
    for (Chunk chunk : plan.chunks()) {
      if (chunk.entries.length == 0) {
        targets.add(null);
        continue;
      }
      overflow = room();
      String part = "c_" + function.index() + "_" + targets.size();
      mv = overflow.method(ACC_STATIC, part, DriverEmitter.stepDescriptor(frame));
      ChunkEmitter.part(plan, chunk, frame, shape, names, mv);
      overflow.end(mv);
      largest = Math.max(largest, overflow.largest());
      targets.add(new MethodName(overflow.name, part));
    }
    new DriverEmitter(function, frame, main, this::room).emit(name, first, targets);
    if (plan.passing() == Passing.FRAME) {
      classes.put(frame.className, frame.toClass());
    }
    return largest;
  }

  /** The class for the next part of a function: such parts share classes, but with no function. */
  private ClassFile room() {
    if (overflow == main || overflow.isFull()) {
      if (overflow != main) {
        classes.put(overflow.name, overflow.toBytes());
      }
      overflow = ClassFile.holder(ClassNames.overflow(number, overflows++));
    }
    return overflow;
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
