package org.wasmservlet.compiler;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.BitSet;
import org.wasmservlet.compiler.binary.Outline;
import org.wasmservlet.compiler.binary.PlainData;
import org.wasmservlet.compiler.binary.Scan;
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
  private final Outline outline;
  private final BitSet declared;

  private WasmBinary(byte[] binary, Outline outline, BitSet declared) {
    this.binary = binary;
    this.outline = outline;
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
      Outline outline = Outline.of(binary, true);
      Declarations.check(outline.module());
      return new WasmBinary(binary, outline, declared);
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
   * @return whose functions only trap; never null, made anew each time
   */
  public WasmModule module() {
    return outline.data() == null ? outline() : outline.data().in(outline());
  }

  /**
   * What the module imports, exports and declares: the module without its code and without the data
   * that its memory begins with, of which a large one has tens of thousands of segments. Not to
   * make instances of.
   *
   * @return whose functions only trap, and whose active data segments may be empty; never null
   */
  public WasmModule outline() {
    return outline.module();
  }

  /** The data that is not in the outline; null if all is. */
  PlainData data() {
    return outline.data();
  }

  Code code(ModuleShape shape) {
    return BinaryCode.validating(binary, new ModuleTypes(shape, declared, new Values(binary)));
  }
}
