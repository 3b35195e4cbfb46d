package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.wasmservlet.test.container.Sample;

/**
 * HotSpot compiles no method of 8,000 bytes and more (HugeMethodLimit), and its C1 has no registers
 * left in one of some 155 accesses to memory, 98 in JDK 17: none may come out so. And every
 * function comes out as a method: there is no interpreter.
 */
class MethodSizeTest {
  private static final int HUGE_METHOD_LIMIT = 8_000;
  private static final int MOST_ACCESSES = Runtime.version().feature() < 25 ? 95 : 150;

  @ParameterizedTest
  @ValueSource(
      strings = {"php-cgi-8.2.0.wasm", "python-3.11.3.wasm", "ruby-3.2.0.wasm", "sqlite.wasm"})
  void everyFunctionIsOfMethodsThatAreSmallEnoughForHotSpot(String module) throws IOException {
    check(ModuleParser.parse(Sample.fetchedModule(module)));
  }

  /** Its 54,000 functions take half a minute. */
  @Test
  void everyFunctionOfClangToo() throws IOException {
    assumeThat(Boolean.getBoolean("clang.sizes")).as("-Dclang.sizes=true").isTrue();
    check(ModuleParser.parse(Sample.fetchedModule("clang.wasm")));
  }

  private static void check(WasmModule module) {
    CompiledCode code = WasmCompiler.create().compile(module);
    Methods methods = new Methods();
    code.parts()
        .classes()
        .names()
        .forEach(name -> methods.read(name, new ClassReader(code.parts().classes().bytes(name))));
    int functions = module.codeSection().functionBodyCount();
    assertThat(functions).isPositive();
    assertThat(methods.functions.cardinality()).isEqualTo(functions);
    assertThat(methods.huge).isEmpty();
    assertThat(methods.crowded).isEmpty();
  }

  private static final class Methods {
    private final List<String> huge = new ArrayList<>();
    private final List<String> crowded = new ArrayList<>();
    private final BitSet functions = new BitSet();

    void read(String owner, ClassReader reader) {
      reader.accept(
          new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                int access, String method, String type, String generic, String[] thrown) {
              StackTraceElement element =
                  new StackTraceElement(owner.replace('/', '.'), method, null, 0);
              if (method.startsWith("f_")) {
                CompiledCode.functionIndex(element).ifPresent(functions::set);
              }
              return new CodeSizeEvaluator(null) {
                private int accesses;

                @Override
                public void visitMethodInsn(
                    int code, String callee, String name, String descriptor, boolean isInterface) {
                  super.visitMethodInsn(code, callee, name, descriptor, isInterface);
                  accesses += callee.equals("java/lang/invoke/VarHandle") ? 1 : 0;
                }

                @Override
                public void visitEnd() {
                  if (accesses > MOST_ACCESSES) {
                    crowded.add(owner + "." + method + ": " + accesses);
                  }
                  if (getMaxSize() >= HUGE_METHOD_LIMIT) {
                    huge.add(owner + "." + method + ": " + getMaxSize());
                  }
                }
              };
            }
          },
          ClassReader.SKIP_FRAMES);
    }
  }
}
