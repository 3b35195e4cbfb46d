package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.Block;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.Helper;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.Node;
import org.wasmservlet.compiler.plan.Bits;
import org.wasmservlet.compiler.plan.Chunk;
import org.wasmservlet.compiler.plan.ChunkPlan;
import org.wasmservlet.compiler.plan.Mentions;

/** Emits one chunk, or the beginning of a function, which is all of it if that is not split. */
final class ChunkEmitter {
  /** What is done where the stack is frozen in a call. */
  private record Handler(Label label, int site, long[] stored) {}

  /** Where exceptions go that come out of calls: through a label, with these variables set. */
  private record Landing(Label label, Label to, long[] assigned) {}

  /** A way out of a chunk that jumps share. */
  private record Exit(Label label, int id, long[] stored) {}

  private static final String FREEZING = Helper.RUNTIME + "Freezing";

  private final FunctionIr function;
  private final ChunkPlan plan;
  private final Chunk chunk;
  private final JvmMethod method;
  private final TreeEmitter trees;
  private final MethodVisitor mv;

  /** Null if there is no driver. In the beginning there is no such object yet. */
  private final FrameFields frame;

  private final ChunkEnd end;
  private final Label[] labels;

  /** By block: what is known however it is reached; null until something is. */
  private final Knowledge[] known;

  /**
   * By what jumps that share a way out have in common: their target, and what is stored. No record,
   * whose hashCode would keep its class, and its loader with it, in a cache of JDK 17's.
   */
  private final Map<List<Object>, Exit> exits = new HashMap<>();

  private final List<Exit> exitOrder = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();

  /** By label that they lead to. */
  private final Map<Label, Landing> landings = new LinkedHashMap<>();

  private ChunkEmitter(
      ChunkPlan plan,
      Chunk chunk,
      JvmMethod method,
      ModuleShape shape,
      ClassNames names,
      FrameFields frame,
      MethodName[] callees) {
    this.function = plan.function();
    this.plan = plan;
    this.chunk = chunk;
    this.method = method;
    this.trees = new TreeEmitter(method, shape, names);
    this.mv = method.mv;
    this.frame = frame;
    this.end =
        frame == null
            ? new CallingEnd(plan, chunk, method, trees, callees)
            : new FrameEnd(plan, chunk, method, trees, frame);
    this.labels = new Label[chunk.to - chunk.from];
    this.known = new Knowledge[labels.length];
  }

  /**
   * Emits the code of a function that is not split, or its beginning, which calls the rest:
   * (context, parameters) to its result.
   */
  static void whole(
      ChunkPlan plan, MethodName[] callees, ModuleShape shape, ClassNames names, MethodVisitor mv) {
    beginning(plan, null, callees, shape, names, mv);
  }

  /**
   * Emits the code of a chunk that others call: (context, place among its entries, parameters) to
   * the function's result.
   */
  static void called(
      ChunkPlan plan,
      Chunk chunk,
      MethodName[] callees,
      ModuleShape shape,
      ClassNames names,
      MethodVisitor mv) {
    JvmMethod method = methodOf(plan, chunk, mv, ClassNames.CONTEXT, INTEGER);
    new ChunkEmitter(plan, chunk, method, shape, names, null, callees).emitCalled();
  }

  /**
   * Emits the beginning of a split function: (context, parameters) to the frame if it is to go on
   * elsewhere, or null. Calls that end here never have a frame. Without frames, to the next id or
   * -1.
   */
  static void beginning(
      ChunkPlan plan, FrameFields frame, ModuleShape shape, ClassNames names, MethodVisitor mv) {
    beginning(plan, frame, null, shape, names, mv);
  }

  private static void beginning(
      ChunkPlan plan,
      FrameFields frame,
      MethodName[] callees,
      ModuleShape shape,
      ClassNames names,
      MethodVisitor mv) {
    Chunk chunk = plan.beginning();
    JvmMethod method = methodOf(plan, chunk, mv, ClassNames.CONTEXT);
    new ChunkEmitter(plan, chunk, method, shape, names, frame, callees).emitBeginning();
  }

  /** Emits the code of a chunk: (context, frame if there are any, id) to the next id, or -1. */
  static void part(
      ChunkPlan plan,
      Chunk chunk,
      FrameFields frame,
      ModuleShape shape,
      ClassNames names,
      MethodVisitor mv) {
    JvmMethod method = methodOf(plan, chunk, mv, DriverEmitter.stepParameters(frame));
    new ChunkEmitter(plan, chunk, method, shape, names, frame, null).emitPart();
  }

  /** A method that has the chunk's parameters after the fixed ones. */
  private static JvmMethod methodOf(
      ChunkPlan plan, Chunk chunk, MethodVisitor mv, Object... fixed) {
    JvmMethod method = new JvmMethod(mv, plan.function().variables(), fixed);
    for (int parameter : chunk.parameters) {
      method.allocate(parameter);
      method.assign(parameter);
    }
    return method;
  }

  private void emitBeginning() {
    allocate();
    if (function.calls()) {
      trees.entryCheck();
    }
    long[] live = chunk.liveAt(0);
    // The first ones are the parameters.
    for (int i = chunk.parameters.length; i < chunk.variables.length; i++) {
      int variable = chunk.variables[i];
      if (Bits.has(live, i)) {
        method.zero(function.variables()[variable]);
        method.store(variable);
      }
    }
    findLabels();
    emitCode();
  }

  private void emitCalled() {
    allocate();
    findLabels();
    if (chunk.entries.length > 1) {
      Label[] to = new Label[chunk.entries.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = label(chunk.entries[i]);
      }
      mv.visitVarInsn(ILOAD, 1);
      mv.visitTableSwitchInsn(0, to.length - 1, to[0], to);
    } else if (chunk.entries[0] != chunk.from) {
      mv.visitJumpInsn(GOTO, label(chunk.entries[0]));
    }
    emitCode();
  }

  private void emitPart() {
    allocate();
    findLabels();
    int[] entries = chunk.entries;
    if (entries.length == 1) {
      load(entries[0]);
      if (entries[0] != chunk.from) {
        mv.visitJumpInsn(GOTO, label(entries[0]));
      }
    } else {
      Label[] stubs = new Label[entries.length];
      for (int i = 0; i < stubs.length; i++) {
        stubs[i] = new Label();
      }
      mv.visitVarInsn(ILOAD, frame.parameter() + 1);
      method.pushInt(ChunkPlan.PLACE_MASK);
      mv.visitInsn(IAND);
      mv.visitTableSwitchInsn(0, stubs.length - 1, stubs[0], stubs);
      for (int i = stubs.length - 1; i >= 0; i--) {
        method.assignNone();
        method.mark(stubs[i]);
        load(entries[i]);
        if (i > 0 || entries[0] != chunk.from) {
          mv.visitJumpInsn(GOTO, label(entries[i]));
        }
      }
    }
    emitCode();
  }

  private void emitCode() {
    emitBlocks();
    for (Landing landing : landings.values()) {
      assign(landing.assigned);
      method.push(Helper.EXCEPTION);
      method.mark(landing.label);
      method.pop(1);
      mv.visitVarInsn(ALOAD, 0);
      mv.visitInsn(SWAP);
      mv.visitFieldInsn(PUTFIELD, Helper.CONTEXT, "thrown", "L" + Helper.EXCEPTION + ";");
      mv.visitJumpInsn(GOTO, landing.to);
    }
    for (Exit exit : exitOrder) {
      assign(exit.stored);
      method.mark(exit.label);
      end.goOn(exit.stored, exit.id);
    }
    for (Handler handler : handlers) {
      assign(handler.stored);
      method.push(FREEZING);
      method.mark(handler.label);
      method.pop(1);
      end.capture(handler.stored, handler.site);
    }
  }

  /** Where nothing is frozen this costs an entry in a table. */
  private void emitCapturing(Block block, Node call) {
    Label from = new Label();
    Label to = new Label();
    Handler handler = new Handler(new Label(), block.afterCut().site, chunk.storedAtCut(block));
    handlers.add(handler);
    mv.visitTryCatchBlock(from, to, handler.label, FREEZING);
    mv.visitLabel(from);
    trees.emit(call);
    mv.visitLabel(to);
  }

  /** Traps, and what else is no exception of the module's, pass by. */
  private void emitCatching(Block block, Node call) {
    Block target = block.landing();
    Label to = labelTo(block, target);
    Landing landing =
        landings.computeIfAbsent(
            to,
            key ->
                new Landing(
                    new Label(),
                    to,
                    chunk.contains(target)
                        ? chunk.liveAt(target.id)
                        : chunk.storedBetween(block.id, target)));
    Label from = new Label();
    Label end = new Label();
    mv.visitTryCatchBlock(from, end, landing.label, Helper.EXCEPTION);
    mv.visitLabel(from);
    trees.emit(call);
    mv.visitLabel(end);
  }

  /** The variables that are mentioned most get the lowest JVM locals: those have short forms. */
  private void allocate() {
    Mentions mentions = plan.mentions();
    int[] uses = new int[function.variables().length];
    for (int m = mentions.from(chunk.from); m < mentions.from(chunk.to); m++) {
      uses[mentions.variable(m)]++;
    }
    if (mentions.accessMemory(chunk.from, chunk.to)) {
      method.allocateMemory();
    }
    // The most uses first; among as many, in the order of the chunk's variables.
    long[] order = new long[chunk.variables.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) -uses[chunk.variables[i]] << 32 | i;
    }
    Arrays.sort(order);
    for (long place : order) {
      int variable = chunk.variables[(int) place];
      if (!method.isAllocated(variable)) {
        method.allocate(variable);
      }
    }
  }

  private Label label(int block) {
    int at = block - chunk.from;
    if (labels[at] == null) {
      labels[at] = new Label();
    }
    return labels[at];
  }

  /** Gives a label to every block that is jumped to; others are fallen into. */
  private void findLabels() {
    if (chunk.entries.length > 1) {
      for (int entry : chunk.entries) {
        label(entry);
      }
    } else if (chunk.entries[0] != chunk.from) {
      label(chunk.entries[0]);
    }
    for (int b = chunk.from; b < chunk.to; b++) {
      Block block = function.blocks().get(b);
      if (plan.throughDriver(block) || !chunk.isReached(b)) {
        continue;
      }
      boolean falls = block.end.kind != Node.Kind.SWITCH;
      for (Block target : block.targets) {
        boolean next = falls && target.id == b + 1 && target != block.landing();
        if (chunk.contains(target) && !next) {
          label(target.id);
        }
      }
    }
  }

  private void emitBlocks() {
    forgetAtEntriesAndLoops();
    for (int b = chunk.from; b < chunk.to; b++) {
      if (!chunk.isReached(b)) {
        continue;
      }
      Block block = function.blocks().get(b);
      Label label = labels[b - chunk.from];
      if (label != null) {
        assign(chunk.liveAt(b));
        if (known[b - chunk.from] != null) {
          method.know(known[b - chunk.from]);
        }
        method.mark(label);
      }
      boolean captures = function.form().isCapturing() && block.afterCut() != null;
      boolean catches = block.landing() != null;
      int last = block.statements.size() - (captures || catches ? 1 : 0);
      for (int s = 0; s < last; s++) {
        trees.emit(block.statements.get(s));
      }
      if (captures) {
        emitCapturing(block, block.statements.get(last));
      } else if (catches) {
        emitCatching(block, block.statements.get(last));
      }
      emitEnd(block, b + 1 < chunk.to ? b + 1 : -1);
      knowAtTargets(block);
    }
  }

  /** Nothing is known where the chunk is entered and where a jump back leads to. */
  private void forgetAtEntriesAndLoops() {
    for (int entry : chunk.entries) {
      known[entry - chunk.from] = new Knowledge();
    }
    for (int b = chunk.from; b < chunk.to; b++) {
      for (Block target : function.blocks().get(b).targets) {
        if (chunk.contains(target) && (target.id <= b || isLanding(b, target))) {
          known[target.id - chunk.from] = new Knowledge();
        }
      }
    }
  }

  private boolean isLanding(int block, Block target) {
    return function.blocks().get(block).landing() == target;
  }

  private void knowAtTargets(Block block) {
    if (plan.throughDriver(block)) {
      return;
    }
    for (Block target : block.targets) {
      if (chunk.contains(target) && target.id > block.id) {
        int at = target.id - chunk.from;
        if (known[at] == null) {
          known[at] = method.known().copy();
        } else {
          known[at].meet(method.known());
        }
      }
    }
  }

  private void assign(long[] positions) {
    method.assignNone();
    for (int i = 0; i < chunk.variables.length; i++) {
      if (Bits.has(positions, i)) {
        method.assign(chunk.variables[i]);
      }
    }
  }

  private void load(int block) {
    long[] live = chunk.liveAt(block);
    for (int i = 0; i < chunk.variables.length; i++) {
      if (Bits.has(live, i)) {
        mv.visitVarInsn(ALOAD, frame.parameter());
        frame.get(method, chunk.variables[i]);
        method.store(chunk.variables[i]);
      }
    }
  }

  /** Where to jump to get from a block to another. */
  private Label labelTo(Block from, Block target) {
    if (chunk.contains(target)) {
      return label(target.id);
    }
    long[] stored = chunk.storedBetween(from.id, target);
    Exit exit =
        exits.computeIfAbsent(
            List.of(target.id, BitSet.valueOf(stored)),
            key -> {
              Exit made = new Exit(new Label(), plan.idOf(target), stored);
              exitOrder.add(made);
              return made;
            });
    return exit.label;
  }

  /** Goes on to a block: by falling into it, by a jump, or by leaving the chunk. */
  private void goOn(Block from, Block target, int next) {
    if (!chunk.contains(target)) {
      end.goOn(chunk.storedBetween(from.id, target), plan.idOf(target));
    } else if (target.id != next) {
      mv.visitJumpInsn(GOTO, label(target.id));
    }
  }

  private void emitEnd(Block block, int next) {
    switch (block.end.kind) {
      case GOTO, TRY:
        goOn(block, block.targets[0], next);
        break;
      case IF:
        emitIf(block, next);
        break;
      case SWITCH:
        emitSwitch(block);
        break;
      case RETURN:
        end.giveBack(block.end);
        break;
      default:
        method.invokeStatic(
            Helper.RUNTIME + "Traps", "unreachable", "()Ljava/lang/RuntimeException;");
        mv.visitInsn(ATHROW);
    }
  }

  private void emitIf(Block block, int next) {
    Block yes = block.targets[0];
    Block no = block.targets[1];
    Node condition = block.end.in[0];
    if (yes == no) {
      trees.emit(condition);
      mv.visitInsn(POP);
      goOn(block, yes, next);
    } else if (yes.id == next) {
      trees.branch(condition, false, labelTo(block, no));
    } else {
      trees.branch(condition, true, labelTo(block, yes));
      goOn(block, no, next);
    }
  }

  private void emitSwitch(Block block) {
    Block[] targets = block.targets;
    trees.emit(block.end.in[0]);
    if (plan.throughDriver(block)) {
      int[] ids = new int[targets.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = plan.idOf(targets[i]);
      }
      trees.lookUpId(ids);
      end.goOn(chunk.storedBetween(block.id, targets));
      return;
    }
    Label[] to = new Label[targets.length - 1];
    for (int i = 0; i < to.length; i++) {
      to[i] = labelTo(block, targets[i]);
    }
    mv.visitTableSwitchInsn(0, to.length - 1, labelTo(block, targets[targets.length - 1]), to);
  }
}
