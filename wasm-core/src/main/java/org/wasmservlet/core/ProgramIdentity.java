package org.wasmservlet.core;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.wasmservlet.core.directory.HostNames;
import org.wasmservlet.core.prepared.StoredOutput;
import org.wasmservlet.core.wasi.MountPoint;

/** Tells apart programs of one module whose frozen states must not be mixed up. */
final class ProgramIdentity {
  private ProgramIdentity() {}

  /**
   * A digest of all that a frozen state depends on besides the module, and the files that it has
   * read.
   *
   * @return SHA-256
   */
  static byte[] of(WasmConfig config, FreezeAt at) {
    return digest(config, at, true);
  }

  /**
   * The same, wherever the program's directories are: what it has read there is told by its
   * content.
   *
   * @return SHA-256
   */
  static byte[] ofPacked(WasmConfig config, FreezeAt at) {
    return digest(config, at, false);
  }

  private static byte[] digest(WasmConfig config, FreezeAt at, boolean here) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (StoredOutput out =
          new StoredOutput(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
        write(out, config, at, here);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(StoredOutput out, WasmConfig config, FreezeAt at, boolean here)
      throws IOException {
    out.writeBoolean(here);
    out.writeText(at.toString());
    out.writeBlock(at.received());
    out.writeText(config.entryPoint());
    out.writeBoolean(config.acceptsConnection());
    out.writeLong(config.limits().memory());
    out.writeInt(config.limits().openFiles());
    out.writeInt(config.arguments().size());
    for (String argument : config.arguments()) {
      out.writeText(argument);
    }
    out.writeInt(config.environment().size());
    for (Map.Entry<String, String> each : config.environment().entrySet()) {
      out.writeText(each.getKey());
      out.writeText(each.getValue());
    }
    out.writeInt(config.mountPoints().size());
    for (MountPoint mount : config.mountPoints()) {
      out.writeText(mount.guestPath());
      // Each run has a private directory of its own, wherever that is.
      out.writeText(
          here && mount.kind() != MountPoint.Kind.PRIVATE
              ? HostNames.toText(mount.hostDirectory())
              : "");
      out.writeText(mount.kind().name());
    }
  }
}
