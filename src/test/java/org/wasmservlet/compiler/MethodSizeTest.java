package org.wasmservlet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.wasmservlet.test.container.Sample;

/** HotSpot compiles no method of 8,000 bytes and more (HugeMethodLimit): none may come out so. */
class MethodSizeTest {
  private static final int HUGE_METHOD_LIMIT = 8_000;

  @ParameterizedTest
  @ValueSource(strings = {"php-cgi-8.2.0.wasm", "python-3.11.3.wasm", "ruby-3.2.0.wasm"})
  void everyMethodIsSmallEnoughForHotSpot(String module) {
    CompiledCode code = WasmCompiler.create().compile(Parser.parse(Sample.module(module).toFile()));
    List<String> huge = new ArrayList<>();
    int[] methods = new int[1];
    code.classes()
        .names()
        .forEach(
            name ->
                new ClassReader(code.classes().bytes(name))
                    .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                          @Override
                          public MethodVisitor visitMethod(
                              int access,
                              String method,
                              String type,
                              String generic,
                              String[] thrown) {
                            methods[0]++;
                            return new CodeSizeEvaluator(null) {
                              @Override
                              public void visitEnd() {
                                if (getMaxSize() >= HUGE_METHOD_LIMIT) {
                                  huge.add(name + "." + method + ": " + getMaxSize());
                                }
                              }
                            };
                          }
                        },
                        ClassReader.SKIP_FRAMES));
    assertThat(methods[0]).isGreaterThan(code.functionCount());
    assertThat(huge).isEmpty();
  }
}
