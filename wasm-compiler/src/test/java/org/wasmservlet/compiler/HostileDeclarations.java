package org.wasmservlet.compiler;

import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.wasmservlet.compiler.fuzz.Binary;

/** Small modules that declare much. */
final class HostileDeclarations {
  private static final int I32 = 0x7F;
  private static final int FUNCREF = 0x70;
  private static final long HUGE = 0x7FFF_FFFFL;

  /**
   * A module.
   *
   * @param refused what the error says; null for a module that may be loaded, for nothing is
   *     allocated by what it declares before an instance is made
   */
  record Declaration(String name, byte[] binary, String refused) {
    /** Whether the compiler's own front makes nothing of it. */
    boolean costsTheParserOnly() {
      return refused != null && refused.startsWith("blocks left");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private HostileDeclarations() {}

  static Stream<Declaration> all() {
    return Stream.of(
        locals(20_000, 50_000, "locals of all functions together"),
        locals(1, 50_001, "50001 locals of a function are declared at offset"),
        manyGroupsOfLocals(),
        of("parameters", types(new Binary().op(0x60).unsigned(HUGE)), "2147483647 parameters"),
        of("4 G parameters", types(new Binary().op(0x60).unsigned(0xFFFF_FFFFL)), "4294967295"),
        of("results", types(new Binary().op(0x60, 0).unsigned(HUGE)), "2147483647 results"),
        of("1,001 parameters", types(parameters(1_001)), "and the limit is 1000"),
        of("a group of types", types(new Binary().op(0x4E).unsigned(HUGE)), "types of a group"),
        of("supertypes", types(new Binary().op(0x50).unsigned(HUGE)), "supertypes"),
        of("fields", types(new Binary().op(0x5F).unsigned(HUGE)), "fields of a type"),
        of("types", section(1, new Binary().unsigned(HUGE)), "2147483647 types"),
        of("functions", section(3, new Binary().unsigned(HUGE)), "2147483647 functions"),
        of("imports", section(2, new Binary().unsigned(HUGE)), "2147483647 imports"),
        of("an import's name", section(2, new Binary().op(1).unsigned(HUGE)), "unexpected end"),
        of("an export's name", section(7, new Binary().op(1).unsigned(HUGE)), "unexpected end"),
        of("a custom section's name", section(0, new Binary().unsigned(HUGE)), "unexpected end"),
        of("a section", header().op(1).unsigned(HUGE), "unexpected end"),
        of("a data segment", section(11, new Binary().op(1, 1).unsigned(HUGE)), "unexpected end"),
        of("elements", section(9, new Binary().op(1, 1, 0).unsigned(HUGE)), "elements of a segm"),
        of("more elements than may be", manyElements(), "and the limit is 1000000"),
        of("globals", section(6, new Binary().unsigned(HUGE)), "2147483647 globals"),
        of("100,001 globals", globals(100_001), "100001 globals"),
        of("memories", memories(101), "101 memories"),
        of("tables of nothing", tables(1_001, 0), "1001 tables"),
        of("a table that is too large", tables(1, 10_000_001), "10000001 elements of a table"),
        of("100 tables of 10 million", tables(100, 10_000_000), null),
        of("a memory with something at its end", farData(), null),
        of("something in every hundredth block", scatteredData(), null),
        of("parameters of all functions", functions(200_000, 1_000), "locals of all functions"),
        of("results of calls", callsWithManyResults(), "values of calls and branches together"),
        of("branches that carry", branchesThatCarry(), "values of calls and branches together"),
        of("branches out of many blocks", farBranches(), "blocks left by branches together"),
        of("names out of order", unsortedNames(), null),
        of("a name without an end", names(new Binary().op(1, 0).unsigned(HUGE)), null));
  }

  private static Declaration of(String name, Binary binary, String refused) {
    return new Declaration(name, binary.toBytes(), refused);
  }

  private static Binary header() {
    return new Binary().op(0, 'a', 's', 'm', 1, 0, 0, 0);
  }

  private static Binary section(int id, Binary content) {
    return header().section(id, content);
  }

  private static Binary types(Binary type) {
    return section(1, new Binary().op(1).raw(type.toBytes()));
  }

  private static Binary parameters(int count) {
    Binary type = new Binary().op(0x60).unsigned(count);
    times(count, i -> type.op(I32));
    return type.op(0);
  }

  private static Declaration locals(int functions, int locals, String refused) {
    Binary body = new Binary().op(1).unsigned(locals).op(I32, 0x0B);
    return of(functions + " x " + locals + " locals", code(0, 0, functions, body), refused);
  }

  private static Declaration manyGroupsOfLocals() {
    Binary body = new Binary().unsigned(20_000);
    times(20_000, i -> body.unsigned(50_000).op(I32));
    return of("groups of locals", code(0, 0, 1, body.op(0x0B)), "100000 locals of a function");
  }

  private static Binary functions(int count, int params) {
    return code(params, 0, count, new Binary().op(0, 0x0B));
  }

  /** Functions of one type, all with one body. */
  private static Binary code(int params, int results, int functions, Binary body) {
    Binary type = new Binary().op(1, 0x60).unsigned(params);
    times(params, i -> type.op(I32));
    type.unsigned(results);
    times(results, i -> type.op(I32));
    Binary indices = new Binary().unsigned(functions);
    Binary bodies = new Binary().unsigned(functions);
    byte[] bytes = body.toBytes();
    times(
        functions,
        i -> {
          indices.op(0);
          bodies.unsigned(bytes.length).raw(bytes);
        });
    return header().section(1, type).section(3, indices).section(10, bodies);
  }

  private static Binary callsWithManyResults() {
    Binary body = new Binary().op(0);
    times(100_000, i -> body.op(0x10, 0));
    return code(0, 1_000, 1, body.op(0x00, 0x0B));
  }

  private static Binary branchesThatCarry() {
    Binary body = new Binary().op(0, 0x00);
    times(100_000, i -> body.op(0x0C, 0));
    return code(0, 1_000, 1, body.op(0x0B));
  }

  private static Binary farBranches() {
    Binary body = new Binary().op(0);
    times(60_000, i -> body.op(0x02, 0x40));
    times(60_000, i -> body.op(0x0C).unsigned(60_000));
    times(60_000, i -> body.op(0x0B));
    return code(0, 0, 1, body.op(0x0B));
  }

  private static Binary manyElements() {
    Binary content = new Binary().op(1, 1, 0).unsigned(1_000_001);
    times(1_000_001, i -> content.op(0));
    return section(9, content);
  }

  private static Binary globals(int count) {
    Binary content = new Binary().unsigned(count);
    times(count, i -> content.op(I32, 0, 0x41, 0, 0x0B));
    return section(6, content);
  }

  private static Binary memories(int count) {
    Binary content = new Binary().unsigned(count);
    times(count, i -> content.op(0, 0));
    return section(5, content);
  }

  private static Binary tables(int count, int size) {
    Binary content = new Binary().unsigned(count);
    times(count, i -> content.op(FUNCREF, 0).unsigned(size));
    return section(4, content);
  }

  private static Binary farData() {
    Binary data = new Binary().op(1, 0, 0x41).signed(2_000_000_000).op(0x0B, 1, 1);
    return section(5, new Binary().op(1, 0).unsigned(32_000)).section(11, data);
  }

  private static Binary scatteredData() {
    Binary data = new Binary().unsigned(50_000);
    times(50_000, i -> data.op(0, 0x41).signed(20_000L * i).op(0x0B, 1, 1));
    return section(5, new Binary().op(1, 0).unsigned(32_000)).section(11, data);
  }

  private static Binary names(Binary names) {
    return section(0, new Binary().name("name").section(1, names));
  }

  private static Binary unsortedNames() {
    Binary names = new Binary().unsigned(500_000);
    times(500_000, i -> names.unsigned(500_000 - i).op(0));
    return names(names);
  }

  private static void times(int count, IntConsumer step) {
    for (int i = 0; i < count; i++) {
      step.accept(i);
    }
  }
}
