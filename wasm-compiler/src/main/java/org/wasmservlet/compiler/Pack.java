package org.wasmservlet.compiler;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Compiles a range of functions to classes. */
final class Pack {
  /** HotSpot's limit. Tests that forbid splitting allow more. */
  private static final int HUGE_METHOD = 8_000;

  private final ModuleShape shape;
  private final ClassNames names;
  private final int number;
  private final int limit;
  private final Map<String, byte[]> classes = new LinkedHashMap<>();
  private final List<Integer> tailCalling = new ArrayList<>();
  private final ClassFile main;
  private ClassFile overflow;
  private int overflows;

  private Pack(ModuleShape shape, ClassNames names, int number, int limit) {
    this.shape = shape;
    this.names = names;
    this.number = number;
    this.limit = limit;
    this.main = ClassFile.holder(ClassNames.pack(number));
    this.overflow = main;
  }

  /** What a pack became: its classes by internal name, and which functions leave tail calls. */
  record Compiled(Map<String, byte[]> classes, List<Integer> tailCalling) {}

  static Compiled compile(
      ModuleShape shape, ClassNames names, int number, int from, int to, int limit) {
    int tried = limit;
    while (true) {
      Pack pack = new Pack(shape, names, number, tried);
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
        throw new UnsupportedFeatureException("a function of such a size");
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
    FunctionIr function = FunctionBuilder.build(shape, index);
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
    FrameLayout frame = new FrameLayout(plan);
    List<MethodName> targets = new ArrayList<>();
    int largest = 0;
    if (plan.chunks().size() > DriverEmitter.MOST_CHUNKS) {
      throw new UnsupportedFeatureException("a function of such a size");
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
    JvmMethod method = new JvmMethod(mv, types, ModuleShape.CONTEXT);
    mv.visitVarInsn(ALOAD, 0);
    for (int parameter : FrameLayout.parameters(function)) {
      method.allocate(parameter);
      method.load(parameter);
    }
    method.invokeStatic(main.name, "t_" + function.index(), signature.descriptor);
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, ModuleShape.CONTEXT, "tail", "L" + Helper.RUNTIME + "Entry;");
    Label pending = new Label();
    mv.visitJumpInsn(IFNONNULL, pending);
    char result = signature.resultType();
    mv.visitInsn(JvmTypes.returnOp(result));
    Object[] stack =
        result == 'V' ? new Object[0] : new Object[] {JvmTypes.verificationType(result)};
    mv.visitLabel(pending);
    mv.visitFrame(F_NEW, 1, new Object[] {ModuleShape.CONTEXT}, stack.length, stack);
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
