package org.wasmservlet.compiler.load;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.ir.Signature;

/**
 * What is known of compiled code at run time besides its classes.
 *
 * @param signatures the distinct function types
 * @param functionSignatures the number of every function's type
 * @param importedFunctions how many functions are imported
 * @param packs by function that is not imported, the number of its class
 * @param tailCalling the functions that leave tail calls
 * @param catching the functions that catch exceptions
 */
public record CodeIndex(
    List<Signature> signatures,
    int[] functionSignatures,
    int importedFunctions,
    int[] packs,
    BitSet tailCalling,
    BitSet catching) {

  /** By letter of the same place. */
  private static final List<ValType> TYPES =
      List.of(
          ValType.I32,
          ValType.I64,
          ValType.F32,
          ValType.F64,
          ValType.V128,
          ValType.FuncRef,
          ValType.ExternRef,
          ValType.FuncRef.withNullability(false),
          ValType.ExternRef.withNullability(false));

  private static final String LETTERS = "ijfdvcxCX";

  Map<FunctionType, Integer> numbers() {
    Map<FunctionType, Integer> numbers = new HashMap<>();
    for (Signature signature : signatures) {
      numbers.put(signature.type, signature.number);
    }
    return numbers;
  }

  FunctionType[] types() {
    return signatures.stream().map(s -> s.type).toArray(FunctionType[]::new);
  }

  public ClassNames names() {
    return new ClassNames(importedFunctions, packs);
  }

  public void write(DataOutputStream out) throws IOException {
    out.writeInt(signatures.size());
    for (Signature signature : signatures) {
      writeTypes(out, signature.type.params());
      writeTypes(out, signature.type.returns());
    }
    writeInts(out, functionSignatures);
    out.writeInt(importedFunctions);
    writeInts(out, packs);
    writeInts(out, tailCalling.stream().toArray());
    writeInts(out, catching.stream().toArray());
  }

  public static CodeIndex read(DataInputStream in) throws IOException {
    List<Signature> signatures = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      signatures.add(new Signature(i, FunctionType.of(readTypes(in), readTypes(in))));
    }
    int[] functionSignatures = readInts(in);
    int importedFunctions = in.readInt();
    int[] packs = readInts(in);
    return new CodeIndex(
        signatures, functionSignatures, importedFunctions, packs, readSet(in), readSet(in));
  }

  private static BitSet readSet(DataInputStream in) throws IOException {
    BitSet set = new BitSet();
    for (int member : readInts(in)) {
      set.set(member);
    }
    return set;
  }

  public static void writeInts(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  public static int[] readInts(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static void writeTypes(DataOutputStream out, List<ValType> types) throws IOException {
    StringBuilder b = new StringBuilder();
    for (ValType type : types) {
      b.append(LETTERS.charAt(TYPES.indexOf(type)));
    }
    out.writeUTF(b.toString());
  }

  private static List<ValType> readTypes(DataInputStream in) throws IOException {
    List<ValType> types = new ArrayList<>();
    for (char letter : in.readUTF().toCharArray()) {
      int type = LETTERS.indexOf(letter);
      if (type < 0) {
        throw new IOException("unknown type " + letter);
      }
      types.add(TYPES.get(type));
    }
    return types;
  }
}
