package org.wasmservlet.compiler.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.wasm.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Tells apart compilations of one module whose results must not be mixed: by the layout of what is
 * stored, the options, the build of this compiler, whose runtime the generated code calls, and the
 * version of Chicory.
 */
public final class Variant {
  /** SHA-256 over the classes of this module, written by its build. */
  private static final String FINGERPRINT = "fingerprint";

  private Variant() {}

  /** A digest of it all; empty where a build without Maven has left no fingerprint. */
  public static Optional<byte[]> of(int chunkBytes, boolean marksWrites) {
    String fingerprint = text(Variant.class.getResourceAsStream(FINGERPRINT));
    if (fingerprint == null) {
      return Optional.empty();
    }
    String all =
        String.join(
            "\n",
            "format " + PreparedForm.FORMAT,
            "chunk " + chunkBytes,
            "marks writes " + marksWrites,
            "compiler " + fingerprint,
            "chicory " + Version.version());
    return Optional.of(sha256(all.getBytes(UTF_8)));
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // In pieces: the JIT compiles a method that is called often before one that runs long.
      for (int at = 0; at < bytes.length; at += 1 << 14) {
        digest.update(bytes, at, Math.min(1 << 14, bytes.length - at));
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String text(InputStream in) {
    if (in == null) {
      return null;
    }
    try (in) {
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
