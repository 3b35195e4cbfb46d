package org.wasmservlet.test.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The guests of the tests. */
public final class Guests {
  private Guests() {}

  /** What guests/cgi-probe.c is compiled to. */
  public static byte[] probe() {
    return read(probeFile());
  }

  /** What guests/hostile.c is compiled to: a CGI program that attacks. */
  public static byte[] hostile() {
    return read(Path.of("guests/hostile.wasm"));
  }

  /** What guests/cunning.c is compiled to: a CGI program that attacks by odd numbers and names. */
  public static byte[] cunning() {
    return read(Path.of("guests/cunning.wasm"));
  }

  /** What guests/swapper.c is compiled to: a CGI program that swaps a file and a link. */
  public static byte[] swapper() {
    return read(Path.of("guests/swapper.wasm"));
  }

  /** What guests/application.c is compiled to: it has something to do before its request. */
  public static byte[] application() {
    return read(Path.of("guests/application.wasm"));
  }

  public static Path probeFile() {
    return Path.of("guests/cgi-probe.wasm").toAbsolutePath();
  }

  /** A small guest of wasm-core's own tests. */
  public static byte[] core(String name) {
    return read(Path.of("../../wasm-core/src/test/resources/guests/" + name + ".wasm"));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The probe as a module of its own. Other tests of this process have the plain one loaded, and
   * the same bytes are one module.
   */
  public static byte[] probeOfItsOwn() {
    byte[] name = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(probe());
    // A custom section, which has a name and means nothing.
    module.writeBytes(new byte[] {0, (byte) (name.length + 1), (byte) name.length});
    module.writeBytes(name);
    return module.toByteArray();
  }
}
