package org.wasmservlet.core.wasi;

import org.wasmservlet.core.directory.Errno;
import org.wasmservlet.core.directory.WasiError;

/** The two versions of the interface, which lay a few structures out differently. */
enum Abi {
  /** {@code wasi_unstable}, of 2019. */
  SNAPSHOT_0("wasi_unstable"),
  /** {@code wasi_snapshot_preview1}. */
  PREVIEW_1("wasi_snapshot_preview1");

  private final String module;

  Abi(String module) {
    this.module = module;
  }

  /** The name under which guests import its functions. */
  String module() {
    return module;
  }

  /** In bytes: the number of links was half as wide. */
  int fileStatSize() {
    return this == SNAPSHOT_0 ? 56 : 64;
  }

  /** In bytes: a clock had a name of its own. */
  int subscriptionSize() {
    return this == SNAPSHOT_0 ? 56 : 48;
  }

  /** Where in a subscription the clock's number is. */
  int subscriptionClock() {
    return this == SNAPSHOT_0 ? 24 : 16;
  }

  /** What a seek is relative to. */
  Whence whence(int code) throws WasiError {
    return switch (code) {
      case 0 -> this == SNAPSHOT_0 ? Whence.CURRENT : Whence.START;
      case 1 -> this == SNAPSHOT_0 ? Whence.END : Whence.CURRENT;
      case 2 -> this == SNAPSHOT_0 ? Whence.START : Whence.END;
      default -> throw Errno.INVAL.error();
    };
  }
}
