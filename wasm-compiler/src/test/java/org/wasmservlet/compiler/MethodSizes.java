package org.wasmservlet.compiler;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The lengths of the methods in class files. */
final class MethodSizes {
  /** HotSpot compiles no method of so many bytes (HugeMethodLimit). */
  private static final int HUGE_METHOD_LIMIT = 8_000;

  private final List<String> huge = new ArrayList<>();
  private int methods;
  private int largest;

  private MethodSizes() {}

  static MethodSizes of(CompiledCode code) {
    MethodSizes sizes = new MethodSizes();
    for (String name : code.parts().classes().names()) {
      byte[] bytes = code.parts().classes().bytes(name);
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        sizes.read(name, in);
      } catch (IOException e) {
        throw new AssertionError(name, e);
      }
    }
    return sizes;
  }

  /** The methods that are never compiled, with their sizes. */
  List<String> huge() {
    return huge;
  }

  int methods() {
    return methods;
  }

  /** Bytes of the longest method. */
  int largest() {
    return largest;
  }

  private void read(String name, DataInputStream in) throws IOException {
    in.skipNBytes(8);
    String[] texts = readConstants(in);
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    readMembers(name, in, texts);
    readMembers(name, in, texts);
  }

  private static String[] readConstants(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 5, 6 -> {
          in.skipNBytes(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    return texts;
  }

  /** Fields or methods. */
  private void readMembers(String owner, DataInputStream in, String[] texts) throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.skipNBytes(2);
      String name = texts[in.readUnsignedShort()];
      in.skipNBytes(2);
      int attributes = in.readUnsignedShort();
      for (int a = 0; a < attributes; a++) {
        boolean code = texts[in.readUnsignedShort()].equals("Code");
        int length = in.readInt();
        if (code) {
          in.skipNBytes(4);
          add(owner + "." + name, in.readInt());
          in.skipNBytes(length - 8);
        } else {
          in.skipNBytes(length);
        }
      }
    }
  }

  private void add(String method, int bytes) {
    methods++;
    largest = Math.max(largest, bytes);
    if (bytes >= HUGE_METHOD_LIMIT) {
      huge.add(method + ": " + bytes);
    }
  }
}
