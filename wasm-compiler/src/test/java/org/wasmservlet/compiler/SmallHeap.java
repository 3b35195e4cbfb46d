package org.wasmservlet.compiler;

import java.util.ArrayList;
import java.util.List;

/** A program of its own, with a small heap: what declares much must not take it. */
final class SmallHeap {
  static final String HEALTHY = "healthy";

  private SmallHeap() {}

  public static void main(String[] arguments) {
    List<String> faults = new ArrayList<>();
    HostileDeclarations.all()
        .forEach(
            declaration -> {
              String fault = null;
              try {
                WasmCompiler.create().compile(ModuleParser.parse(declaration.binary()));
                fault = declaration.refused() == null ? null : "is loaded";
              } catch (RuntimeException e) {
                fault =
                    declaration.refused() != null && e.getMessage().contains(declaration.refused())
                        ? null
                        : e.toString();
              } catch (OutOfMemoryError | StackOverflowError e) {
                fault = e.toString();
              }
              if (fault != null) {
                faults.add(declaration + ": " + fault);
              }
            });
    System.out.println(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
  }
}
