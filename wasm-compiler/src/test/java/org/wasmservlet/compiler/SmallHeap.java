package org.wasmservlet.compiler;

import java.util.ArrayList;
import java.util.List;

/** A program of its own, with a small heap: what declares much must not take it. */
final class SmallHeap {
  static final String HEALTHY = "healthy";

  private SmallHeap() {}

  public static void main(String[] arguments) {
    List<String> faults = new ArrayList<>();
    for (Front front : Front.values()) {
      check(front, faults);
    }
    System.out.println(faults.isEmpty() ? HEALTHY : String.join("\n", faults));
  }

  private static void check(Front front, List<String> faults) {
    HostileDeclarations.all()
        .forEach(
            declaration -> {
              String fault = null;
              try {
                front.compile(declaration.binary());
                fault = front.refuses(declaration) ? "is loaded" : null;
              } catch (RuntimeException e) {
                fault =
                    declaration.refused() != null && e.getMessage().contains(declaration.refused())
                        ? null
                        : e.toString();
              } catch (OutOfMemoryError | StackOverflowError e) {
                fault = e.toString();
              }
              if (fault != null) {
                faults.add(front + ", " + declaration + ": " + fault);
              }
            });
  }
}
