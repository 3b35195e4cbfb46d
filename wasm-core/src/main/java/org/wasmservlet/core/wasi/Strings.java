package org.wasmservlet.core.wasi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasmservlet.core.directory.WasiError;
import org.wasmservlet.core.prepared.StoredInput;
import org.wasmservlet.core.prepared.StoredOutput;

/** Arguments or environment variables as C programs take them, each ended by a NUL. */
final class Strings {
  private final List<byte[]> strings;
  private final long bytes;

  private Strings(List<byte[]> strings) {
    this.strings = strings;
    this.bytes = strings.stream().mapToLong(s -> s.length).sum();
  }

  /** Text, in UTF-8. */
  static Strings of(List<String> texts) {
    List<byte[]> strings = new ArrayList<>(texts.size());
    for (String text : texts) {
      strings.add((text + '\0').getBytes(StandardCharsets.UTF_8));
    }
    return new Strings(strings);
  }

  /** Names and values of which each character is a byte. */
  static Strings ofEnvironment(Map<String, String> variables) {
    List<byte[]> strings = new ArrayList<>(variables.size());
    variables.forEach(
        (name, value) ->
            strings.add((name + '=' + value + '\0').getBytes(StandardCharsets.ISO_8859_1)));
    return new Strings(strings);
  }

  void write(StoredOutput out) throws IOException {
    out.writeInt(strings.size());
    for (byte[] string : strings) {
      out.writeBlock(string);
    }
  }

  static Strings read(StoredInput in) throws IOException {
    List<byte[]> strings = new ArrayList<>();
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      strings.add(in.readBlock());
    }
    return new Strings(strings);
  }

  /** Writes how many there are and how many bytes they take. */
  void writeSizes(GuestMemory memory, long count, long size) throws WasiError {
    memory.writeInt(count, strings.size());
    memory.writeInt(size, (int) bytes);
  }

  /** Writes the bytes one after the other, and the address of each. */
  void write(GuestMemory memory, long pointers, long buffer) throws WasiError {
    memory.check(pointers, (long) strings.size() * Integer.BYTES);
    memory.check(buffer, bytes);
    long pointer = pointers;
    long at = buffer;
    for (byte[] string : strings) {
      memory.writeInt(pointer, (int) at);
      memory.write(at, string, 0, string.length);
      pointer += Integer.BYTES;
      at += string.length;
    }
  }
}
