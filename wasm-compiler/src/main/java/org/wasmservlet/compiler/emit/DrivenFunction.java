package org.wasmservlet.compiler.emit;

import static org.objectweb.asm.Opcodes.ACC_STATIC;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.FunctionIr;
import org.wasmservlet.compiler.ir.ModuleShape;
import org.wasmservlet.compiler.ir.NotCompiledException;
import org.wasmservlet.compiler.plan.Chunk;
import org.wasmservlet.compiler.plan.ChunkPlan;

/** Emits a split function with a driver. */
final class DrivenFunction {
  private final ChunkPlan plan;
  private final FunctionIr function;
  private final FrameFields frame;
  private final Holders holders;
  private final ModuleShape shape;
  private final ClassNames names;
  private int largest;

  DrivenFunction(
      ChunkPlan plan, FrameFields frame, Holders holders, ModuleShape shape, ClassNames names) {
    this.plan = plan;
    this.function = plan.function();
    this.frame = frame;
    this.holders = holders;
    this.shape = shape;
    this.names = names;
    if (plan.chunks().size() > DriverEmitter.MOST_CHUNKS) {
      throw new NotCompiledException("a function of such a size");
    }
  }

  /** The longest method that was emitted, in bytes. */
  int largest() {
    return largest;
  }

  /** Emits the function to be called, as a method of this name. */
  void emitCalled(String name) {
    String beginning = "b_" + function.index();
    String descriptor = DriverEmitter.beginningDescriptor(function.signature(), frame);
    ClassFile room = holders.room();
    MethodVisitor mv = room.method(ACC_STATIC, beginning, descriptor);
    ChunkEmitter.beginning(plan, frame, shape, names, mv);
    end(room, mv);
    MethodName first = new MethodName(room.name, beginning);
    driver().emit(name, first, emitChunks());
  }

  /** Emits the function to go on, as a method of this name: (context, values, id). */
  void emitResumed(String name) {
    driver().emitResuming(name, emitChunks());
  }

  private DriverEmitter driver() {
    return new DriverEmitter(function, frame, holders.main, holders::room);
  }

  private List<MethodName> emitChunks() {
    List<MethodName> targets = new ArrayList<>();
    for (Chunk chunk : plan.chunks()) {
      if (chunk.entries.length == 0) {
        targets.add(null);
        continue;
      }
      ClassFile room = holders.room();
      String part = "c_" + function.index() + "_" + targets.size();
      MethodVisitor mv = room.method(ACC_STATIC, part, DriverEmitter.stepDescriptor(frame));
      ChunkEmitter.part(plan, chunk, frame, shape, names, mv);
      end(room, mv);
      targets.add(new MethodName(room.name, part));
    }
    return targets;
  }

  private void end(ClassFile file, MethodVisitor mv) {
    file.end(mv);
    largest = Math.max(largest, file.largest());
  }
}
