package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayInputStream;
import java.util.BitSet;
import org.wasmservlet.compiler.binary.FunctionBodies;
import org.wasmservlet.compiler.binary.Scan;
import org.wasmservlet.compiler.binary.TolerantParser;
import org.wasmservlet.compiler.binary.TooMuchException;
import org.wasmservlet.compiler.binary.Values;
import org.wasmservlet.compiler.code.BinaryCode;
import org.wasmservlet.compiler.code.Code;
import org.wasmservlet.compiler.code.Declarations;
import org.wasmservlet.compiler.code.ModuleTypes;
import org.wasmservlet.compiler.ir.ModuleShape;

/**
 * A module of which everything but its code has been parsed and validated: what it imports, exports
 * and declares can be looked at before its code is, which takes most of the time. Immutable.
 */
public final class WasmBinary {
  private final byte[] binary;
  private final WasmModule module;
  private final BitSet declared;

  private WasmBinary(byte[] binary, WasmModule module, BitSet declared) {
    this.binary = binary;
    this.module = module;
    this.declared = declared;
  }

  /**
   * Parses a module, code aside.
   *
   * @param binary with the header of a module; not copied
   * @return the module
   * @throws ModuleLimitException if it declares more of something than a module may
   * @throws ChicoryException if it is malformed or not valid
   */
  public static WasmBinary parse(byte[] binary) {
    try {
      BitSet declared = Scan.withoutCode(binary).declared();
      byte[] withoutCode = FunctionBodies.none(binary);
      WasmModule module =
          TolerantParser.of(true).parse(() -> new ByteArrayInputStream(withoutCode));
      Declarations.check(module);
      return new WasmBinary(binary, module, declared);
    } catch (TooMuchException e) {
      throw new ModuleLimitException(e.getMessage());
    } catch (ChicoryException e) {
      throw e;
    } catch (RuntimeException e) {
      // Chicory's parser also lets plain exceptions of buffers and numbers out.
      throw new MalformedException(e.toString(), e);
    }
  }

  /**
   * The module without its code.
   *
   * @return whose functions only trap; never null
   */
  public WasmModule module() {
    return module;
  }

  Code code(ModuleShape shape) {
    return BinaryCode.validating(binary, new ModuleTypes(shape, declared, new Values(binary)));
  }
}
