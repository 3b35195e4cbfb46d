package org.wasmservlet.core.module;

import java.util.Arrays;

/**
 * Recognises what a file is by its first bytes, so that the usual mistakes get an error that says
 * what to do (core specification, section 5.5.16; component model, Binary.md).
 */
final class BinaryFormat {
  private static final byte[] MAGIC = {0x00, 'a', 's', 'm'};
  private static final byte[] VERSION = {0x01, 0x00, 0x00, 0x00};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /** The upper half of the version field is the layer: 0 is a module, 1 a component. */
  private static final int LAYER_OFFSET = 6;

  private BinaryFormat() {}

  /**
   * Looks at a file's first bytes.
   *
   * @return what is wrong with them, or null if they begin a module
   */
  static String faultOf(byte[] content) {
    if (content.length == 0) {
      return "the file is empty";
    }
    if (startsWith(content, 0, GZIP)) {
      return "compressed with gzip; decompress it first";
    }
    if (looksLikeText(content)) {
      return "WebAssembly text; translate it to the binary format first (wat2wasm)";
    }
    if (!startsWith(content, 0, MAGIC)) {
      return "not a WebAssembly module (it does not begin with \\0asm)";
    }
    if (content.length < MAGIC.length + VERSION.length) {
      return "not a WebAssembly module (it ends within its header)";
    }
    if (content[LAYER_OFFSET] == 1 && content[LAYER_OFFSET + 1] == 0) {
      return "a WebAssembly component; only core modules for WASI preview 1 can be run"
          + " (build for the target wasm32-wasip1)";
    }
    if (!startsWith(content, MAGIC.length, VERSION)) {
      return "WebAssembly binary format of an unknown version";
    }
    return null;
  }

  private static boolean looksLikeText(byte[] content) {
    int i = 0;
    while (i < content.length && (content[i] == ' ' || content[i] == '\n' || content[i] == '\r')) {
      i++;
    }
    return startsWith(content, i, new byte[] {'(', 'm', 'o', 'd', 'u', 'l', 'e'});
  }

  private static boolean startsWith(byte[] content, int offset, byte[] prefix) {
    return content.length >= offset + prefix.length
        && Arrays.equals(content, offset, offset + prefix.length, prefix, 0, prefix.length);
  }
}
