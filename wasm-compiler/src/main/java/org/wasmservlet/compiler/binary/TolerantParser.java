package org.wasmservlet.compiler.binary;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import com.dylibso.chicory.wasm.types.UnknownCustomSection;
import java.util.Map;
import java.util.function.Function;

/** Chicory's parser, which here refuses no module for its name section. */
public final class TolerantParser {
  private static final Map<String, Function<byte[], CustomSection>> NAMES =
      Map.of("name", TolerantParser::names);

  private TolerantParser() {}

  /**
   * Makes one.
   *
   * @param validate whether it validates what it parses
   * @return a parser
   */
  public static Parser of(boolean validate) {
    return Parser.builder().withCustomParsers(NAMES).withValidation(validate).build();
  }

  private static CustomSection names(byte[] content) {
    if (FunctionNames.areSound(content)) {
      try {
        return NameCustomSection.parse(content);
      } catch (ChicoryException | AssertionError e) {
        // Not UTF-8, for example, or what Chicory takes for certain.
      }
    }
    return UnknownCustomSection.builder().withName("unreadable names").withBytes(content).build();
  }
}
