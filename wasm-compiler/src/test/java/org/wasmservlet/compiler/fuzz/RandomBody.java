package org.wasmservlet.compiler.fuzz;

import static org.wasmservlet.compiler.fuzz.Types.F32;
import static org.wasmservlet.compiler.fuzz.Types.F64;
import static org.wasmservlet.compiler.fuzz.Types.I32;
import static org.wasmservlet.compiler.fuzz.Types.I64;
import static org.wasmservlet.compiler.fuzz.Types.V128;

import java.util.ArrayList;
import java.util.List;

/** The body of one function: random statements, and how control goes between them. */
final class RandomBody extends RandomEffects {
  /** A label: what a branch to it carries, 0 for nothing; a branch to a loop needs fuel. */
  private record Target(int type, boolean loop) {
    /** Of a block that gives an exception, which no other branch has. */
    static final Target EXCEPTION = new Target(0x69, false);
  }

  /** Of as many functions that call the host one has more locals than a frame has fields. */
  private static final int WIDE = 120;

  private static final int MANY = 2_200;

  private final int function;
  private final Types.Signature signature;

  /**
   * For the interpreter such a function calls nothing otherwise, and no operands are left when it
   * makes a tail call: that of 1.7.5 fails at a tail call after a call of a function that made one,
   * and keeps operands that should be gone.
   */
  private final boolean tailCalls;

  /** What it makes tail calls of; -1 for nothing. */
  private int callee = -1;

  /** The first of very many locals, or -1. */
  private int many = -1;

  /** Innermost last. */
  private final List<Target> labels = new ArrayList<>();

  RandomBody(RandomModule module, int function, int size) {
    this(module, function, size / 2 + module.random.nextInt(size / 2), kind(module));
  }

  /** 0: it has blocks with parameters. 1: it makes tail calls. Those cannot be frozen. */
  private static int kind(RandomModule module) {
    int kind = module.random.nextInt(3);
    return kind == 1 && module.callsTheHost() && module.random.nextInt(5) > 0 ? 2 : kind;
  }

  private RandomBody(RandomModule module, int function, int size, int kind) {
    super(module, size, kind == 0);
    this.function = function;
    signature = module.signature(function);
    tailCalls = kind == 1;
    locals.addAll(signature.parameters());
    int own = random.nextInt(10);
    for (int i = 0; i < own; i++) {
      locals.add(anyType());
    }
    if (module.callsTheHost() && random.nextInt(WIDE) == 0) {
      many = locals.size();
      for (int i = 0; i < MANY; i++) {
        locals.add(oneOf(module.palette.types));
      }
    }
    scratch = locals.size();
  }

  byte[] toBytes() {
    fueled();
    out.op(0x45, 0x04, 0x40);
    results(0);
    out.op(0x0F, 0x0B);
    burn();
    for (int i = 0; i < (blocksWithParameters ? PADDING : 0); i++) {
      out.op(0x41, i);
    }
    if (many >= 0) {
      setMany();
    }
    if (module.callsTheHost() && !tailCalls && random.nextBoolean()) {
      // Many functions are on the stack before anything else is done.
      out.op(0x23, RandomModule.FUEL_GLOBAL, 0x41, random.nextInt(4), 0x71, 0x04, 0x40);
      label();
      heldAcross(module.imported + random.nextInt(module.signatures.length), 1);
      end();
    }
    if (tailCalls) {
      callee = callee();
    }
    do {
      statement(4);
      if (callee >= 0 && random.nextInt(4) == 0) {
        rarely(4);
        tailCall();
        end();
      }
    } while (budget > 0);
    if (many >= 0) {
      sumMany();
    }
    if (callee >= 0 && random.nextBoolean()) {
      tailCall();
    } else {
      results(4);
    }
    if (blocksWithParameters) {
      out.op(0x0F);
    }
    out.op(0x0B);
    int parameters = signature.parameters().size();
    boolean vectors = module.palette == Palette.VECTORS;
    Binary body = new Binary().unsigned(scratch - parameters + (vectors ? 4 : 3));
    for (int i = parameters; i < scratch; i++) {
      body.unsigned(1).op(locals.get(i));
    }
    body.unsigned(1).op(F32).unsigned(1).op(F64).unsigned(BASES).op(I32);
    if (vectors) {
      body.unsigned(1).op(V128);
    }
    return body.raw(out.toBytes()).toBytes();
  }

  /** Each gets a value of its own. */
  private void setMany() {
    for (int local = many; local < many + MANY; local++) {
      switch (locals.get(local)) {
        case I32 -> out.op(0x41).signed(random.nextInt());
        case I64 -> out.op(0x42).signed(random.nextLong());
        case F32 -> out.op(0x43).fixed(Float.floatToIntBits(local), 4);
        case V128 -> out.op(0xFD, 0x0C).fixed(random.nextLong(), 8).fixed(random.nextLong(), 8);
        default -> out.op(0x44).fixed(Double.doubleToLongBits(local), 8);
      }
      out.op(0x21).unsigned(local);
    }
  }

  /** All of them make the value of a global. */
  private void sumMany() {
    int global = variable(I64);
    for (int local = many; local < many + MANY; local++) {
      out.op(0x23).unsigned(global).op(0x42).signed(31).op(0x7E, 0x20).unsigned(local);
      switch (locals.get(local)) {
        case I32 -> out.op(0xAD);
        case F32 -> out.op(0xBC, 0xAD);
        case F64 -> out.op(0xBD);
        case V128 -> out.op(0xFD, 0x1D, local & 1);
        default -> {}
      }
      out.op(0x85, 0x24).unsigned(global);
    }
  }

  private void results(int depth) {
    signature.results().forEach(type -> value(type, depth));
  }

  private void fueled() {
    out.op(0x23, RandomModule.FUEL_GLOBAL, 0x41, 0, 0x4A);
  }

  private void burn() {
    out.op(0x23, RandomModule.FUEL_GLOBAL, 0x41, 1, 0x6B, 0x24, RandomModule.FUEL_GLOBAL);
  }

  private void statement(int depth) {
    budget--;
    if (module.callsTheHost() && !tailCalls && random.nextInt(6) == 0) {
      heldAcross(random.nextInt(3) == 0 ? someFunction() : someHostFunction(), depth);
      return;
    }
    int type = anyType();
    switch (depth <= 0 || budget < 0 ? random.nextInt(3) : random.nextInt(mayCatch() ? 30 : 27)) {
      case 0 -> {
        int local = local(type);
        if (local >= 0) {
          value(type, depth - 1);
          out.op(0x21).unsigned(local);
        }
      }
      case 1 -> {
        int global = global(type);
        value(type, depth - 1);
        if (RandomModule.CONSTANT.contains(global)) {
          out.op(0x1A);
        } else {
          out.op(0x24).unsigned(global);
        }
      }
      case 3, 4 -> {
        value(I32, depth - 1);
        out.op(0x04, 0x40);
        if (random.nextBoolean()) {
          branches(0, depth);
        } else {
          nested(0, depth);
        }
      }
      case 5 -> {
        out.op(0x02, 0x40);
        nested(0, depth);
      }
      case 6, 7 -> loop(depth);
      case 8 -> {
        if (blocksWithParameters) {
          carryingLoop(depth);
        }
      }
      case 9, 10 -> branch(depth);
      case 11, 12 -> branchTable(depth);
      case 13 -> {
        value(type, depth - 1);
        out.op(0x1A);
      }
      case 14, 15 -> bulk(depth);
      case 16, 17 -> tables(depth);
      case 18, 19 -> {
        if (mayCall()) {
          int called = someFunction();
          call(called, depth);
          module.signature(called).results().forEach(result -> out.op(0x1A));
        }
      }
      case 20 -> leave(depth);
      case 21 -> out.op(0x01);
      case 22 -> moveBase(depth);
      case 27, 28 -> catching(depth);
      case 29 -> raise(depth);
      default -> store(depth);
    }
  }

  @Override
  void nested(int result, int depth) {
    inside(result, depth);
    end();
  }

  private void inside(int result, int depth) {
    nested(new Target(result, false), depth);
    if (result != 0) {
      value(result, depth - 1);
    }
  }

  @Override
  void branches(int result, int depth) {
    inside(result, depth);
    out.op(0x05);
    labels.remove(labels.size() - 1);
    nested(result, depth);
  }

  /** From here to its end is a block that a branch carries nothing to. */
  private void label() {
    labels.add(new Target(0, false));
  }

  private void end() {
    labels.remove(labels.size() - 1);
    out.op(0x0B);
  }

  private void nested(Target label, int depth) {
    labels.add(label);
    int statements = 1 + random.nextInt(3);
    for (int i = 0; i < statements; i++) {
      statement(depth - 1);
    }
  }

  private void loop(int depth) {
    out.op(0x03, 0x40);
    burn();
    nested(new Target(0, true), depth);
    value(I32, depth - 1);
    fueled();
    out.op(0x71, 0x0D, 0);
    end();
  }

  @Override
  void loopFor(int type, int depth) {
    out.op(0x03, type);
    burn();
    nested(new Target(0, true), depth);
    value(type, depth - 1);
    value(I32, depth - 1);
    fueled();
    // What it leaves is dropped if it goes on.
    out.op(0x71, 0x0D, 0);
    end();
  }

  /** A loop that hands a value from turn to turn. */
  private void carryingLoop(int depth) {
    value(I64, depth - 1);
    out.op(0x03).signed(Types.LOOP);
    burn();
    out.op(0x42).signed(random.nextInt()).op(0x7C);
    nested(new Target(I64, true), depth);
    value(I32, depth - 1);
    fueled();
    out.op(0x71, 0x0D, 0);
    end();
    int local = local(I64);
    if (local >= 0) {
      out.op(0x21).unsigned(local);
    } else {
      out.op(0x1A);
    }
  }

  /** Branches, with and without a condition, to any label around. */
  private void branch(int depth) {
    if (labels.isEmpty()) {
      return;
    }
    int label = random.nextInt(labels.size());
    Target target = labels.get(labels.size() - 1 - label);
    if (target == Target.EXCEPTION) {
      return;
    }
    boolean always = !target.loop && random.nextInt(3) == 0;
    if (always) {
      value(I32, depth - 1);
      out.op(0x04, 0x40);
      label();
      label++;
    }
    if (target.type != 0) {
      value(target.type, depth - 1);
    }
    if (always) {
      out.op(0x0C).unsigned(label);
      if (random.nextInt(4) == 0) {
        // It is never reached.
        statement(1);
      }
      end();
      return;
    }
    value(I32, depth - 1);
    if (target.loop) {
      fueled();
      out.op(0x71);
    }
    out.op(0x0D).unsigned(label);
    if (target.type != 0) {
      out.op(0x1A);
    }
  }

  private void branchTable(int depth) {
    int blocks = 1 + random.nextInt(4);
    int type = random.nextInt(3) == 0 ? anyType() : 0;
    for (int i = 0; i < blocks; i++) {
      out.op(0x02, type == 0 ? 0x40 : type);
      labels.add(new Target(type, false));
    }
    int entries = random.nextInt(12);
    if (type != 0) {
      value(type, depth - 1);
    }
    value(I32, depth - 1);
    if (random.nextInt(4) > 0) {
      out.op(0x41, 15, 0x71);
    }
    out.op(0x0E).unsigned(entries);
    for (int i = 0; i <= entries; i++) {
      out.unsigned(random.nextInt(blocks));
    }
    for (int i = 0; i < blocks; i++) {
      end();
      statement(depth - 1);
    }
    if (type != 0) {
      out.op(0x1A);
    }
  }

  /** Leaves the function, on some condition. */
  private void leave(int depth) {
    rarely(depth);
    if (unguarded()) {
      out.op(0x00);
    } else if (callee >= 0 && !module.sparesTheInterpreter()) {
      tailCall();
    } else {
      results(depth - 2);
      out.op(0x0F);
    }
    end();
  }

  /** What is on the stack of a function that catches cannot be frozen. */
  private boolean mayCatch() {
    return mayCall() && !module.callsTheHost();
  }

  /** Throws, on some condition. */
  private void raise(int depth) {
    rarely(depth);
    int tag = random.nextInt(RandomModule.TAGS.size());
    int type = RandomModule.TAGS.get(tag);
    if (type != 0) {
      value(type, depth - 2);
    }
    out.op(0x08).unsigned(tag);
    end();
  }

  /** Catches one or two tags of a type, or all, and perhaps throws that on. */
  private void catching(int depth) {
    int tag = random.nextInt(RandomModule.TAGS.size());
    int type = RandomModule.TAGS.get(tag);
    switch (random.nextInt(3)) {
      case 0 -> {
        out.op(0x02, type == 0 ? 0x40 : type);
        labels.add(new Target(type, false));
        tried(1, 0, tag, 0);
        thrown(type, depth, 0x07, tag, 0x0C, 1);
      }
      case 1 -> {
        type = 0;
        out.op(0x02, 0x40);
        label();
        tried(1, 2, 0);
        thrown(0, depth, 0x19, 0x0C, 1);
      }
      default -> {
        // All that is no number goes on from here.
        type = I32;
        out.op(0x02, I32);
        labels.add(new Target(I32, false));
        out.op(0x02, module.catchesAsLegacy() ? 0x40 : 0x69);
        labels.add(Target.EXCEPTION);
        tried(3, 0, 1, 1, 0, 5, 1, 3, 0);
        statement(depth - 1);
        raise(depth);
        caught(0x07, 1, 0x0C, 2, 0x07, 5, 0x0C, 2, 0x19, 0x09, 0);
        value(I32, depth - 1);
        out.op(0x0C, 1);
        end();
        out.op(module.catchesAsLegacy() ? 0x00 : 0x0A);
        end();
      }
    }
    int local = type == 0 ? -1 : local(type);
    if (local >= 0) {
      out.op(0x21).unsigned(local);
    } else if (type != 0) {
      out.op(0x1A);
    }
  }

  /** Begins what is tried: with all that it catches, if that is not said at its end. */
  private void tried(int... clauses) {
    out.op(module.catchesAsLegacy() ? 0x06 : 0x1F, 0x40);
    if (!module.catchesAsLegacy()) {
      out.op(clauses);
    }
    label();
  }

  /** Ends what is tried; a legacy module does here what the clauses say. */
  private void caught(int... handlers) {
    if (module.catchesAsLegacy()) {
      out.op(handlers);
    }
    end();
  }

  private void thrown(int type, int depth, int... handlers) {
    statement(depth - 1);
    raise(depth);
    statement(depth - 1);
    caught(handlers);
    if (type != 0) {
      value(type, depth - 1);
    }
    end();
  }

  private void rarely(int depth) {
    value(I32, depth - 1);
    out.op(0x41, 3, 0x71, 0x45, 0x04, 0x40);
    label();
  }

  private void tailCall() {
    module.signature(callee).parameters().forEach(type -> value(type, 2));
    if (random.nextBoolean()) {
      out.op(0x12).unsigned(callee);
    } else {
      // At worst a null: by chance the function itself could be where the interpreter fails.
      out.op(0x41).signed(unguarded() ? module.functions() : callee);
      out.op(0x13).unsigned(module.type(callee)).op(0);
    }
  }

  /**
   * A function that gives the same results; -1 if none was found. Not this one for the interpreter,
   * and no import: that of 1.7.5 fails at such tail calls.
   */
  private int callee() {
    int start = random.nextInt(module.signatures.length);
    for (int i = 0; i < module.signatures.length; i++) {
      int found = module.imported + (start + i) % module.signatures.length;
      if ((found != function || !module.sparesTheInterpreter())
          && module.signature(found).results().equals(signature.results())) {
        return found;
      }
    }
    return -1;
  }

  private void index(int function, int depth) {
    if (unguarded()) {
      small(module.callsTheHost() ? 15 : 7, depth);
    } else {
      out.op(0x41).signed(function);
    }
  }

  @Override
  boolean mayCall() {
    return !tailCalls || !module.sparesTheInterpreter();
  }

  @Override
  void call(int function, int depth) {
    List<Integer> parameters = module.signature(function).parameters();
    int deep = parameters.size() > 9 ? 0 : depth - 2;
    parameters.forEach(type -> value(type, deep));
    if (random.nextBoolean()) {
      out.op(0x10).unsigned(function);
    } else {
      boolean other = random.nextInt(60) == 0;
      index(function, depth);
      // In the second table a function is where the module put it, if it did.
      out.op(0x11).unsigned(module.type(function)).op(other ? 1 : 0);
    }
  }
}
