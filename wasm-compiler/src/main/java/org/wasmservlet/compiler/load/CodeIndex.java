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
import org.wasmservlet.compiler.ir.ValueTypes;

/**
 * What is known of compiled code at run time besides its classes.
 *
 * @param signatures the distinct function types
 * @param functionSignatures the number of every function's type
 * @param importedFunctions how many functions are imported
 * @param packs by function that is not imported, the number of its class
 * @param tailCalling the functions that leave tail calls
 */
public record CodeIndex(
    List<Signature> signatures,
    int[] functionSignatures,
    int importedFunctions,
    int[] packs,
    BitSet tailCalling) {

  private static final String TYPES = "ijfdcxv";

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
    BitSet tailCalling = new BitSet();
    for (int function : readInts(in)) {
      tailCalling.set(function);
    }
    return new CodeIndex(signatures, functionSignatures, importedFunctions, packs, tailCalling);
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
      switch (ValueTypes.of(type)) {
        case ValueTypes.I64 -> b.append('j');
        case ValueTypes.F32 -> b.append('f');
        case ValueTypes.F64 -> b.append('d');
        case ValueTypes.FUNCREF -> b.append('c');
        case ValueTypes.EXTERNREF -> b.append('x');
        case ValueTypes.V128 -> b.append('v');
        default -> b.append('i');
      }
    }
    out.writeUTF(b.toString());
  }

  private static List<ValType> readTypes(DataInputStream in) throws IOException {
    List<ValType> types = new ArrayList<>();
    for (char c : in.readUTF().toCharArray()) {
      switch (TYPES.indexOf(c)) {
        case 0:
          types.add(ValType.I32);
          break;
        case 1:
          types.add(ValType.I64);
          break;
        case 2:
          types.add(ValType.F32);
          break;
        case 3:
          types.add(ValType.F64);
          break;
        case 4:
          types.add(ValType.FuncRef);
          break;
        case 5:
          types.add(ValType.ExternRef);
          break;
        case 6:
          types.add(ValType.V128);
          break;
        default:
          throw new IOException("unknown type " + c);
      }
    }
    return types;
  }
}
