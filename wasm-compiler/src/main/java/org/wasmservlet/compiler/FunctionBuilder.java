package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes a validated body to basic blocks of trees. */
final class FunctionBuilder {
  private final ModuleShape shape;
  private final int function;
  private final Signature signature;
  private final FunctionBody body;
  private final Variables variables;
  private final OperandStack stack;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Control> controls = new ArrayList<>();
  private final int argumentArray;
  private Block current;
  private Block start;
  private int argumentsVariable = -1;
  private int resultsVariable = -1;
  private boolean calls;
  private boolean tailCalls;

  private FunctionBuilder(ModuleShape shape, int function) {
    this.shape = shape;
    this.function = function;
    this.signature = shape.signature(function);
    this.body = shape.module.codeSection().getFunctionBody(function - shape.importedFunctions);
    StringBuilder locals = new StringBuilder(signature.params);
    for (ValType type : body.localTypes()) {
      locals.append(Signature.jvmType(type));
    }
    this.variables = new Variables(locals.toString());
    this.stack = new OperandStack(variables);
    this.argumentArray = signature.array ? variables.add('A') : -1;
  }

  static FunctionIr build(ModuleShape shape, int function) {
    return new FunctionBuilder(shape, function).build();
  }

  private FunctionIr build() {
    place(new Block());
    if (signature.array) {
      for (int i = 0; i < signature.params.length(); i++) {
        char type = signature.params.charAt(i);
        add(Node.set(i, arrayGet(Node.get('A', argumentArray), i, type)));
      }
    }
    // Locals that are references start as null, which is not 0.
    int params = signature.params.length();
    for (int i = 0; i < body.localTypes().size(); i++) {
      if (body.localTypes().get(i).isReference()) {
        add(Node.set(params + i, Node.constant('I', Value.REF_NULL_VALUE)));
      }
    }
    if (hasSelfTailCall()) {
      start = new Block();
      jump(start);
      place(start);
      add(check());
    }
    controls.add(
        new Control(Control.Kind.FUNCTION, false, 0, "", signature.results, new Block(), null));
    for (AnnotatedInstruction ins : body.instructions()) {
      if (controls.isEmpty()) {
        break;
      }
      if (current == null) {
        skip(ins);
      } else {
        decode(ins);
      }
    }
    return new FunctionIr(
        function, signature, blocks, variables.types(), argumentArray, calls, tailCalls);
  }

  private boolean hasSelfTailCall() {
    for (AnnotatedInstruction ins : body.instructions()) {
      if (ins.opcode() == OpCode.RETURN_CALL && ins.operand(0) == function) {
        return true;
      }
    }
    return false;
  }

  // Blocks

  private void place(Block block) {
    block.id = blocks.size();
    block.reached = true;
    blocks.add(block);
    current = block;
    stack.into(block.statements);
  }

  private void add(Node statement) {
    current.statements.add(statement);
  }

  /** Adds a statement that may do more than compute. */
  private void effect(Node statement) {
    stack.before(statement.effects);
    add(statement);
  }

  private void terminate(Node end, Block... targets) {
    current.end = end;
    current.targets = targets;
    for (Block target : targets) {
      target.reached = true;
    }
    current = null;
  }

  private void jump(Block target) {
    terminate(leafless(Node.Kind.GOTO, 3), target);
  }

  private static Node leafless(Node.Kind kind, int size, Node... in) {
    return new Node(kind, null, 'V', 0, 0, null, 0, size, in);
  }

  private static Node check() {
    return leafless(Node.Kind.LOOP_CHECK, 10);
  }

  // Code that is never reached

  private void skip(AnnotatedInstruction ins) {
    switch (ins.opcode()) {
      case BLOCK:
      case LOOP:
      case IF:
        controls.add(new Control(Control.Kind.BLOCK, true, 0, "", "", null, null));
        break;
      case ELSE:
        Control top = controls.get(controls.size() - 1);
        if (!top.dead) {
          otherwise(top);
        }
        break;
      case END:
        end();
        break;
      default:
    }
  }

  // Structured control

  private FunctionType blockType(AnnotatedInstruction ins) {
    long id = ins.operand(0);
    if (id == 0x40) {
      return FunctionType.empty();
    }
    if (ValType.isValid(id)) {
      return FunctionType.returning(
          ValType.builder().fromId(id).build().resolve(shape.module.typeSection()));
    }
    return shape.module.typeSection().getType((int) id);
  }

  private static String types(List<ValType> types) {
    StringBuilder b = new StringBuilder();
    for (ValType type : types) {
      b.append(Signature.jvmType(type));
    }
    return b.toString();
  }

  private void enter(Control.Kind kind, AnnotatedInstruction ins, Block label, Block otherwise) {
    FunctionType type = blockType(ins);
    String params = types(type.params());
    String results = types(type.returns());
    int height = stack.height() - params.length();
    controls.add(new Control(kind, false, height, params, results, label, otherwise));
  }

  private void otherwise(Control control) {
    if (current != null) {
      stack.canonize();
      jump(control.label);
    }
    control.kind = Control.Kind.ELSE;
    place(control.otherwise);
    stack.truncate(control.height);
    stack.pushPlaces(control.params);
  }

  private void end() {
    Control control = controls.remove(controls.size() - 1);
    if (control.dead) {
      return;
    }
    if (control.kind == Control.Kind.FUNCTION) {
      if (current != null) {
        giveBack();
      }
      if (control.label.reached) {
        // Branches to the function's own label brought the results to the lowest places.
        place(control.label);
        stack.truncate(0);
        stack.pushPlaces(control.results);
        giveBack();
      }
      return;
    }
    if (control.kind == Control.Kind.LOOP) {
      // Its label is its beginning: the end is reached by falling through alone.
      return;
    }
    if (current != null) {
      stack.canonize();
      jump(control.label);
    }
    if (control.kind == Control.Kind.IF) {
      // No else: parameters are results.
      place(control.otherwise);
      jump(control.label);
    }
    if (control.label.reached) {
      place(control.label);
      stack.truncate(control.height);
      stack.pushPlaces(control.results);
    }
  }

  private Control target(long depth) {
    return controls.get(controls.size() - 1 - (int) depth);
  }

  /** Brings the operands that a branch carries to the places its target expects them in. */
  private void move(Control target) {
    String carried = target.carried();
    int from = stack.height() - carried.length();
    for (int i = 0; i < carried.length(); i++) {
      Node value = stack.at(from + i);
      int place = stack.place(target.height + i, carried.charAt(i));
      if (value.kind != Node.Kind.GET || value.index != place) {
        add(Node.set(place, value));
      }
    }
  }

  private boolean moves(Control target) {
    return !target.carried().isEmpty()
        && stack.height() - target.carried().length() != target.height;
  }

  /** A block that moves operands on the way to a target; the target itself if there are none. */
  private Block edge(Control target, List<Block> edges) {
    if (!moves(target)) {
      return target.label;
    }
    Block edge = new Block();
    Block interrupted = current;
    current = edge;
    move(target);
    current = interrupted;
    edge.end = leafless(Node.Kind.GOTO, 3);
    edge.targets = new Block[] {target.label};
    target.label.reached = true;
    edges.add(edge);
    return edge;
  }

  private void placeAll(List<Block> edges) {
    for (Block edge : edges) {
      edge.id = blocks.size();
      edge.reached = true;
      blocks.add(edge);
    }
  }

  private void branch(Control target) {
    stack.flushEffectsBelow(target.carried().length());
    if (target.kind == Control.Kind.FUNCTION) {
      giveBack();
      return;
    }
    move(target);
    jump(target.label);
  }

  private void branchIf(Control target) {
    Node condition = stack.pop();
    if (target.carried().isEmpty()) {
      stack.flushEffects();
    } else {
      stack.canonize();
    }
    List<Block> edges = new ArrayList<>();
    Block taken = edge(target, edges);
    Block next = new Block();
    terminate(leafless(Node.Kind.IF, 3, condition), taken, next);
    placeAll(edges);
    place(next);
  }

  private void branchTable(AnnotatedInstruction ins) {
    Node index = stack.pop();
    stack.canonize();
    Map<Control, Block> known = new HashMap<>();
    List<Block> edges = new ArrayList<>();
    Block[] targets = new Block[ins.operandCount()];
    for (int i = 0; i < targets.length; i++) {
      Control control = target(ins.operand(i));
      Block target = known.get(control);
      if (target == null) {
        target = edge(control, edges);
        known.put(control, target);
      }
      targets[i] = target;
    }
    if (targets.length == 1) {
      add(leafless(Node.Kind.DROP, 1, index));
      jump(targets[0]);
    } else {
      terminate(leafless(Node.Kind.SWITCH, 16, index), targets);
    }
    placeAll(edges);
    current = null;
  }

  // Results and calls

  private int arguments() {
    if (argumentsVariable < 0) {
      argumentsVariable = variables.add('A');
    }
    return argumentsVariable;
  }

  private int results() {
    if (resultsVariable < 0) {
      resultsVariable = variables.add('A');
    }
    return resultsVariable;
  }

  private static Node arrayGet(Node array, int index, char type) {
    return new Node(Node.Kind.ARRAY_GET, null, type, index, 0, null, 0, 8, array);
  }

  /** Statements that put the uppermost operands in an array. */
  private void pack(int variable, int count) {
    int from = stack.height() - count;
    add(Node.set(variable, new Node(Node.Kind.NEW_ARRAY, null, 'A', count, 0, null, 0, 5)));
    for (int i = 0; i < count; i++) {
      Node value = stack.at(from + i);
      add(
          new Node(
              Node.Kind.ARRAY_SET, null, 'V', i, 0, null, 0, 9, Node.get('A', variable), value));
    }
  }

  private void giveBack() {
    String types = signature.results;
    stack.flushEffectsBelow(types.length());
    if (types.isEmpty()) {
      terminate(leafless(Node.Kind.RETURN, 1));
    } else if (types.length() == 1) {
      terminate(leafless(Node.Kind.RETURN, 1, stack.pop()));
    } else {
      stack.canonize();
      pack(results(), types.length());
      terminate(leafless(Node.Kind.RETURN, 1, Node.get('A', results())));
    }
  }

  private Node[] operands(int count) {
    Node[] in = new Node[count];
    for (int i = count - 1; i >= 0; i--) {
      in[i] = stack.pop();
    }
    return in;
  }

  /** The arguments of a call, as they are passed. */
  private Node[] passed(Signature callee) {
    int count = callee.params.length();
    if (!callee.array) {
      return operands(count);
    }
    stack.canonize();
    pack(arguments(), count);
    stack.truncate(stack.height() - count);
    return new Node[] {Node.get('A', arguments())};
  }

  private void called(Node call, Signature callee) {
    calls = true;
    if (callee.results.isEmpty()) {
      effect(call);
    } else if (callee.results.length() == 1) {
      stack.push(call);
    } else {
      stack.flush();
      int array = results();
      add(Node.set(array, call));
      for (int i = 0; i < callee.results.length(); i++) {
        char type = callee.results.charAt(i);
        int place = stack.place(stack.height(), type);
        add(Node.set(place, arrayGet(Node.get('A', array), i, type)));
        stack.push(Node.get(type, place));
      }
    }
  }

  private void call(int callee) {
    Signature type = shape.signature(callee);
    Node[] args = passed(type);
    int size = 4 + 2 * args.length;
    called(
        new Node(Node.Kind.CALL, null, type.resultType(), callee, 0, null, Node.WRITES, size, args),
        type);
  }

  private void callIndirect(int typeIndex, int table) {
    Signature type = shape.typeSignature(typeIndex);
    Node index = stack.pop();
    boolean plain = !type.array;
    for (int i = 1; plain && i <= type.params.length(); i++) {
      plain = stack.at(stack.height() - i).effects == 0;
    }
    if (!plain) {
      // The target is looked up before the arguments are pushed: they must be computed by then.
      stack.flush();
    }
    Node[] args = passed(type);
    Node[] in = Arrays.copyOf(args, args.length + 1);
    in[args.length] = index;
    called(
        new Node(
            Node.Kind.CALL_INDIRECT,
            null,
            type.resultType(),
            type.number,
            table,
            null,
            Node.WRITES,
            18,
            in),
        type);
  }

  private void tailCall(int callee) {
    Signature type = shape.signature(callee);
    if (callee == function) {
      stack.canonize();
      int from = stack.height() - type.params.length();
      for (int i = 0; i < type.params.length(); i++) {
        add(Node.set(i, stack.at(from + i)));
      }
      // The other locals start anew.
      for (int i = 0; i < body.localTypes().size(); i++) {
        int local = type.params.length() + i;
        boolean reference = body.localTypes().get(i).isReference();
        add(
            Node.set(
                local, Node.constant(variables.type(local), reference ? Value.REF_NULL_VALUE : 0)));
      }
      jump(start);
      return;
    }
    stack.canonize();
    pack(arguments(), type.params.length());
    leave("tail", new int[] {callee}, "A", Node.get('A', arguments()));
  }

  private void tailCallIndirect(int typeIndex, int table) {
    Signature type = shape.typeSignature(typeIndex);
    Node index = stack.pop();
    stack.canonize();
    pack(arguments(), type.params.length());
    leave("tailIndirect", new int[] {table, type.number}, "AI", Node.get('A', arguments()), index);
  }

  private void leave(String name, int[] constants, String operands, Node... in) {
    calls = true;
    tailCalls = true;
    Helper helper =
        new Helper(Helper.RUNTIME + "Calls", name, operands, 'V', constants, Node.WRITES);
    add(new Node(Node.Kind.HELPER, null, 'V', 0, 0, helper, Node.WRITES, 12, in));
    // Whoever called takes over: what is returned here does not matter.
    char result = signature.resultType();
    if (result == 'V') {
      terminate(leafless(Node.Kind.RETURN, 1));
    } else if (result == 'A') {
      Node none = new Node(Node.Kind.NEW_ARRAY, null, 'A', 0, 0, null, 0, 5);
      terminate(leafless(Node.Kind.RETURN, 1, none));
    } else {
      terminate(leafless(Node.Kind.RETURN, 1, Node.constant(result, 0)));
    }
  }

  private void helper(Helper helper) {
    Node[] in = operands(helper.operands().length());
    Node node =
        new Node(
            Node.Kind.HELPER,
            null,
            helper.result(),
            0,
            0,
            helper,
            helper.effects(),
            4 + 3 * helper.constants().length,
            in);
    if (helper.result() == 'V') {
      effect(node);
    } else {
      stack.push(node);
    }
  }

  // Plain instructions

  private void numeric(OpCode op, String types) {
    Node[] in = operands(types.length() - 1);
    char result = types.charAt(types.length() - 1);
    int effects = Numerics.traps(op) ? Node.TRAPS : 0;
    stack.push(new Node(Node.Kind.NUMERIC, op, result, 0, 0, null, effects, Numerics.size(op), in));
  }

  private void load(AnnotatedInstruction ins) {
    OpCode op = ins.opcode();
    if ((stack.at(stack.height() - 1).effects & Node.WRITES) != 0) {
      // The memory is fetched before the address is computed, which may grow it.
      stack.flush();
    }
    Node address = stack.pop();
    stack.push(
        new Node(
            Node.Kind.LOAD,
            op,
            Numerics.loadType(op),
            0,
            ins.operand(1),
            null,
            Node.READS,
            22,
            address));
  }

  private void store(AnnotatedInstruction ins) {
    int height = stack.height();
    if (((stack.at(height - 1).effects | stack.at(height - 2).effects) & Node.WRITES) != 0) {
      stack.flush();
    }
    Node value = stack.pop();
    Node address = stack.pop();
    effect(
        new Node(
            Node.Kind.STORE,
            ins.opcode(),
            'V',
            0,
            ins.operand(1),
            null,
            Node.WRITES,
            24,
            address,
            value));
  }

  private void select() {
    int height = stack.height();
    if ((stack.at(height - 2).effects | stack.at(height - 3).effects) != 0) {
      // Only one of the two will be evaluated.
      Node condition = stack.pop();
      stack.flush();
      stack.push(condition);
    }
    Node condition = stack.pop();
    Node no = stack.pop();
    Node yes = stack.pop();
    stack.push(new Node(Node.Kind.SELECT, null, yes.type, 0, 0, null, 0, 6, yes, no, condition));
  }

  private void setLocal(int local) {
    Node value = stack.pop();
    stack.before(value.effects);
    stack.beforeSet(local);
    add(Node.set(local, value));
  }

  private void getGlobal(int index) {
    char type = shape.globalTypes[index];
    if (shape.globalPlaces[index] == ModuleShape.GlobalPlace.CONSTANT) {
      stack.push(Node.constant(type, shape.globalConstants[index]));
    } else {
      stack.push(new Node(Node.Kind.GLOBAL_GET, null, type, index, 0, null, Node.READS, 10));
    }
  }

  private void decode(AnnotatedInstruction ins) {
    OpCode op = ins.opcode();
    String numeric = Numerics.types(op);
    if (numeric != null) {
      numeric(op, numeric);
      return;
    }
    switch (op) {
      case NOP:
        break;
      case UNREACHABLE:
        stack.flushEffects();
        terminate(leafless(Node.Kind.UNREACHABLE, 4));
        break;
      case BLOCK:
        stack.canonize();
        enter(Control.Kind.BLOCK, ins, new Block(), null);
        break;
      case LOOP:
        stack.canonize();
        Block header = new Block();
        jump(header);
        place(header);
        add(check());
        enter(Control.Kind.LOOP, ins, header, null);
        break;
      case IF:
        Node condition = stack.pop();
        stack.canonize();
        Block then = new Block();
        Block otherwise = new Block();
        enter(Control.Kind.IF, ins, new Block(), otherwise);
        terminate(leafless(Node.Kind.IF, 3, condition), then, otherwise);
        place(then);
        break;
      case ELSE:
        otherwise(controls.get(controls.size() - 1));
        break;
      case END:
        end();
        break;
      case BR:
        branch(target(ins.operand(0)));
        break;
      case BR_IF:
        branchIf(target(ins.operand(0)));
        break;
      case BR_TABLE:
        branchTable(ins);
        break;
      case RETURN:
        giveBack();
        break;
      case CALL:
        call((int) ins.operand(0));
        break;
      case CALL_INDIRECT:
        callIndirect((int) ins.operand(0), (int) ins.operand(1));
        break;
      case RETURN_CALL:
        tailCall((int) ins.operand(0));
        break;
      case RETURN_CALL_INDIRECT:
        tailCallIndirect((int) ins.operand(0), (int) ins.operand(1));
        break;
      case DROP:
        Node dropped = stack.pop();
        if (dropped.effects != 0) {
          effect(leafless(Node.Kind.DROP, 1, dropped));
        }
        break;
      case SELECT:
      case SELECT_T:
        select();
        break;
      case LOCAL_GET:
        int read = (int) ins.operand(0);
        stack.push(Node.get(variables.type(read), read));
        break;
      case LOCAL_SET:
        setLocal((int) ins.operand(0));
        break;
      case LOCAL_TEE:
        int written = (int) ins.operand(0);
        setLocal(written);
        stack.push(Node.get(variables.type(written), written));
        break;
      case GLOBAL_GET:
        getGlobal((int) ins.operand(0));
        break;
      case GLOBAL_SET:
        Node value = stack.pop();
        effect(
            new Node(
                Node.Kind.GLOBAL_SET,
                null,
                'V',
                (int) ins.operand(0),
                0,
                null,
                Node.WRITES,
                10,
                value));
        break;
      case I32_CONST:
      case REF_FUNC:
        stack.push(Node.constant('I', ins.operand(0)));
        break;
      case I64_CONST:
        stack.push(Node.constant('J', ins.operand(0)));
        break;
      case F32_CONST:
        stack.push(Node.constant('F', ins.operand(0)));
        break;
      case F64_CONST:
        stack.push(Node.constant('D', ins.operand(0)));
        break;
      case REF_NULL:
        stack.push(Node.constant('I', Value.REF_NULL_VALUE));
        break;
      case REF_IS_NULL:
        stack.push(Node.constant('I', Value.REF_NULL_VALUE));
        numeric(OpCode.I32_EQ, "III");
        break;
      default:
        decodeMemory(ins);
    }
  }

  private void decodeMemory(AnnotatedInstruction ins) {
    OpCode op = ins.opcode();
    int code = op.opcode();
    if (code >= OpCode.I32_LOAD.opcode() && code <= OpCode.I64_LOAD32_U.opcode()) {
      load(ins);
      return;
    }
    if (code >= OpCode.I32_STORE.opcode() && code <= OpCode.I64_STORE32.opcode()) {
      store(ins);
      return;
    }
    int first = ins.operandCount() > 0 ? (int) ins.operand(0) : 0;
    int second = ins.operandCount() > 1 ? (int) ins.operand(1) : 0;
    switch (op) {
      case MEMORY_SIZE:
        helper(Helper.query("memorySize", "", 'I'));
        break;
      case MEMORY_GROW:
        helper(Helper.bulk("memoryGrow", "I", 'I'));
        break;
      case MEMORY_FILL:
        helper(Helper.bulk("memoryFill", "III", 'V'));
        break;
      case MEMORY_COPY:
        helper(Helper.bulk("memoryCopy", "III", 'V'));
        break;
      case MEMORY_INIT:
        helper(Helper.bulk("memoryInit", "III", 'V', first));
        break;
      case DATA_DROP:
        helper(Helper.bulk("dataDrop", "", 'V', first));
        break;
      case TABLE_GET:
        helper(Helper.query("tableGet", "I", 'I', first));
        break;
      case TABLE_SET:
        helper(Helper.bulk("tableSet", "II", 'V', first));
        break;
      case TABLE_SIZE:
        helper(Helper.query("tableSize", "", 'I', first));
        break;
      case TABLE_GROW:
        helper(Helper.bulk("tableGrow", "II", 'I', first));
        break;
      case TABLE_FILL:
        helper(Helper.bulk("tableFill", "III", 'V', first));
        break;
      case TABLE_COPY:
        helper(Helper.bulk("tableCopy", "III", 'V', first, second));
        break;
      case TABLE_INIT:
        helper(Helper.bulk("tableInit", "III", 'V', second, first));
        break;
      case ELEM_DROP:
        helper(Helper.bulk("elemDrop", "", 'V', first));
        break;
      default:
        throw new UnsupportedFeatureException(Features.nameOf(op));
    }
  }
}
