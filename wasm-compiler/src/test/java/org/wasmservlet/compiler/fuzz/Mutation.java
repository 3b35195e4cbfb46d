package org.wasmservlet.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.wasmservlet.compiler.ModuleLimitException;
import org.wasmservlet.compiler.UnsupportedFeatureException;
import org.wasmservlet.compiler.WasmBinary;
import org.wasmservlet.compiler.WasmCompiler;

/** A module of which bits are changed, or which ends too early. */
public final class Mutation {
  /** What the compiler says of one. */
  public enum Verdict {
    VALID,
    INVALID,
    UNSUPPORTED,
    LIMIT
  }

  /** The type nullexnref: it is valid, but Chicory's parser has not heard of it. */
  private static final String NULL_EXCEPTION = "Invalid type opcode: 116";

  private Mutation() {}

  /** Makes one of the judged module of a seed. */
  static byte[] of(long seed) {
    return of(RandomModule.judged(seed, Palette.of(seed)).toBytes(), new SplittableRandom(seed));
  }

  /** Makes one. */
  public static byte[] of(byte[] module, SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(module, random.nextInt(module.length));
    }
    byte[] mutated = module.clone();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      mutated[8 + random.nextInt(module.length - 8)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutated;
  }

  /**
   * Has it compiled.
   *
   * @throws AssertionError if it is neither compiled nor refused
   */
  public static Verdict verdict(WasmCompiler compiler, byte[] mutated, String how) {
    try {
      compiler.compile(WasmBinary.parse(mutated));
      return Verdict.VALID;
    } catch (MalformedException | InvalidException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      return Verdict.INVALID;
    } catch (UnsupportedFeatureException e) {
      return Verdict.UNSUPPORTED;
    } catch (ModuleLimitException e) {
      return Verdict.LIMIT;
    } catch (ChicoryException e) {
      // Of another section than the code.
      return NULL_EXCEPTION.equals(e.getMessage()) ? Verdict.UNSUPPORTED : Verdict.INVALID;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(how, e);
    }
  }
}
