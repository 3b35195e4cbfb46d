package org.wasmservlet.compiler;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.wasmservlet.compiler.freeze.AllCapturing;
import org.wasmservlet.compiler.freeze.Refusal;
import org.wasmservlet.compiler.runtime.FlatMemory;
import org.wasmservlet.compiler.runtime.Images;

/** Runs the commands of the files that wast2json and wasm-tools make of the text format. */
final class SpecRunner {
  private final WasmCompiler compiler;

  /** Whether all functions are in the form that can be frozen. */
  private final boolean capturing;

  private int passed;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> skipped = new TreeMap<>();

  private Path folder;
  private String file;
  private Store store;
  private final Map<String, Instance> named = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private Instance current;
  private String unsupported;

  /** What modules use that others import from, and that are not compiled. */
  private final Map<String, String> absent = new HashMap<>();

  SpecRunner(WasmCompiler compiler) {
    this(compiler, false);
  }

  SpecRunner(WasmCompiler compiler, boolean capturing) {
    this.compiler = compiler;
    this.capturing = capturing;
  }

  int passed() {
    return passed;
  }

  List<String> failures() {
    return failures;
  }

  Map<String, Integer> skipped() {
    return skipped;
  }

  @SuppressWarnings("unchecked")
  void run(Path json) throws IOException {
    folder = json.getParent();
    file = json.getFileName().toString();
    named.clear();
    absent.clear();
    current = null;
    unsupported = null;
    store = new Store();
    addSpectest();
    Map<String, Object> root =
        (Map<String, Object>) Json.parse(Files.readString(json, StandardCharsets.UTF_8));
    for (Object command : (List<Object>) root.get("commands")) {
      run((Map<String, Object>) command);
    }
    // An assertion compares what is left of each memory with what the next one begins with.
    instances.forEach(Guests::close);
    instances.clear();
  }

  private void addSpectest() {
    String m = "spectest";
    function(m, "print");
    function(m, "print_i32", ValType.I32);
    function(m, "print_i64", ValType.I64);
    function(m, "print_f32", ValType.F32);
    function(m, "print_f64", ValType.F64);
    function(m, "print_i32_f32", ValType.I32, ValType.F32);
    function(m, "print_f64_f64", ValType.F64, ValType.F64);
    global(m, "global_i32", Value.i32(666));
    global(m, "global_i64", Value.i64(666));
    global(m, "global_f32", Value.fromFloat(666.6f));
    global(m, "global_f64", Value.fromDouble(666.6));
    store.addMemory(
        new ImportMemory(
            m,
            "memory",
            new FlatMemory(new MemoryLimits(1, 2), Images.none(), bytes -> true, bytes -> {})));
    store.addTable(
        new ImportTable(
            m,
            "table",
            new TableInstance(new Table(ValType.FuncRef, new TableLimits(10, 20)), -1)));
  }

  private void function(String module, String name, ValType... params) {
    store.addFunction(
        new HostFunction(
            module,
            name,
            FunctionType.of(List.of(params), List.of()),
            (instance, args) -> new long[0]));
  }

  private void global(String module, String name, Value value) {
    store.addGlobal(
        new ImportGlobal(module, name, new GlobalInstance(value, MutabilityType.Const)));
  }

  private Instance instantiate(String filename) throws IOException {
    byte[] binary = Files.readAllBytes(folder.resolve(filename));
    WasmBinary parsed = WasmBinary.parse(binary);
    for (int i = 0; i < parsed.outline().importSection().importCount(); i++) {
      String from = parsed.outline().importSection().getImport(i).module();
      if (absent.containsKey(from)) {
        throw new UnsupportedFeatureException(absent.get(from));
      }
    }
    CompiledCode code = compiler.compile(parsed);
    Instance instance =
        builder(code, binary).withImportValues(store.toImportValues()).withStart(false).build();
    instances.add(instance);
    return instance;
  }

  private Instance.Builder builder(CompiledCode code, byte[] binary) {
    if (!capturing) {
      return code.builder();
    }
    try {
      return AllCapturing.builder(
          code.parts(), compiler.freezer(code, binary).compiler(), CompiledMachine::new);
    } catch (Refusal e) {
      throw new AssertionError(e);
    }
  }

  private void skip(String reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  private void fail(Map<String, Object> command, String what) {
    failures.add(file + ":" + command.get("line") + " " + command.get("type") + ": " + what);
  }

  private void run(Map<String, Object> command) throws IOException {
    String type = (String) command.get("type");
    switch (type) {
      case "module":
        current = null;
        unsupported = null;
        try {
          current = instantiate((String) command.get("filename"));
          if (command.containsKey("name")) {
            named.put((String) command.get("name"), current);
          }
          passed++;
        } catch (UnsupportedFeatureException e) {
          unsupported = e.feature();
          skip("not compiled: " + e.feature());
        } catch (MalformedException e) {
          unsupported = "module that Chicory's parser refuses";
          skip(unsupported);
        } catch (ChicoryException e) {
          fail(command, "instantiation: " + e);
          unsupported = "module that failed";
        } catch (RuntimeException e) {
          fail(command, "instantiation: " + e);
          unsupported = "module that failed";
        }
        break;
      case "register":
        register(command);
        break;
      case "action":
      case "assert_return":
        assertReturn(command);
        break;
      case "assert_trap":
      case "assert_exhaustion":
        assertTrap(command);
        break;
      case "assert_exception":
        assertException(command);
        break;
      case "assert_uninstantiable":
      case "assert_unlinkable":
        assertNoInstance(command);
        break;
      case "assert_invalid":
      case "assert_malformed":
        assertRefused(command);
        break;
      default:
        skip(type);
    }
  }

  /** Nothing but what the text format has is left out: there is no binary of it. */
  private void assertRefused(Map<String, Object> command) throws IOException {
    if (!"binary".equals(command.get("module_type"))) {
      skip("assert_malformed of the text format");
      return;
    }
    String text = (String) command.get("text");
    try {
      byte[] binary = Files.readAllBytes(folder.resolve((String) command.get("filename")));
      compiler.compile(WasmBinary.parse(binary));
      fail(command, "compiled, expected " + text);
    } catch (UnsupportedFeatureException e) {
      skip("not compiled: " + e.feature());
    } catch (ChicoryException e) {
      passed++;
    } catch (RuntimeException | Error e) {
      fail(command, "threw " + e + ", expected " + text);
    }
  }

  private void register(Map<String, Object> command) {
    String name = (String) command.get("name");
    Instance instance = name == null ? current : named.get(name);
    String as = (String) command.get("as");
    if (instance == null) {
      absent.put(as, unsupported == null ? "a module that is not compiled" : unsupported);
      skip("not compiled: " + absent.get(as));
      return;
    }
    for (int i = 0; i < instance.module().exportSection().exportCount(); i++) {
      var export = instance.module().exportSection().getExport(i);
      String field = export.name();
      switch (export.exportType()) {
        case FUNCTION:
          store.addFunction(ImportFunction.exportAsImport(as, field, instance, field));
          break;
        case GLOBAL:
          store.addGlobal(new ImportGlobal(as, field, instance.exports().global(field)));
          break;
        case MEMORY:
          store.addMemory(new ImportMemory(as, field, instance.exports().memory(field)));
          break;
        case TABLE:
          store.addTable(new ImportTable(as, field, instance.exports().table(field)));
          break;
        case TAG:
          store.addTag(new ImportTag(as, field, instance.tag(export.index())));
          break;
        default:
      }
    }
    passed++;
  }

  @SuppressWarnings("unchecked")
  private long[] act(Map<String, Object> command) {
    Map<String, Object> action = (Map<String, Object>) command.get("action");
    String module = (String) action.get("module");
    Instance instance = module == null ? current : named.get(module);
    if (instance == null) {
      throw new UnsupportedFeatureException(unsupported == null ? "module" : unsupported);
    }
    String field = (String) action.get("field");
    if (action.get("type").equals("get")) {
      GlobalInstance global = instance.exports().global(field);
      return global.getType().equals(ValType.V128)
          ? new long[] {global.getValueLow(), global.getValueHigh()}
          : new long[] {global.getValue()};
    }
    long[] raw = SpecValues.bits((List<Object>) action.get("args"));
    return instance.export(field).apply(raw);
  }

  @SuppressWarnings("unchecked")
  private void assertReturn(Map<String, Object> command) {
    long[] results;
    try {
      results = act(command);
    } catch (UnsupportedFeatureException e) {
      skip("not compiled: " + e.feature());
      return;
    } catch (RuntimeException | Error e) {
      fail(command, "threw " + e);
      return;
    }
    List<Object> expected = (List<Object>) command.getOrDefault("expected", List.of());
    if (!command.get("type").equals("action")) {
      if (!SpecValues.match(expected, results)) {
        fail(command, "expected " + expected + ", was " + hex(results));
        return;
      }
    }
    passed++;
  }

  private static List<String> hex(long[] values) {
    return LongStream.of(values).mapToObj(Long::toHexString).toList();
  }

  private void assertTrap(Map<String, Object> command) {
    String text = (String) command.get("text");
    try {
      act(command);
      fail(command, "returned, expected " + text);
    } catch (UnsupportedFeatureException e) {
      skip("not compiled: " + e.feature());
    } catch (ChicoryException e) {
      String message = String.valueOf(e.getMessage());
      boolean same =
          message.startsWith(text)
              || text.startsWith(message)
              || text.startsWith("uninitialized element") && message.startsWith("uninitialized")
              || text.equals("unreachable") && message.equals("Trapped on unreachable instruction")
              || text.startsWith("out of bounds table access")
                  && message.equals("undefined element");
      if (same) {
        passed++;
      } else {
        fail(command, "expected " + text + ", was " + message);
      }
    } catch (RuntimeException | Error e) {
      fail(command, "threw " + e);
    }
  }

  private void assertException(Map<String, Object> command) {
    try {
      act(command);
      fail(command, "returned, expected an exception");
    } catch (UnsupportedFeatureException e) {
      skip("not compiled: " + e.feature());
    } catch (WasmException e) {
      passed++;
    } catch (RuntimeException | Error e) {
      fail(command, "threw " + e);
    }
  }

  private void assertNoInstance(Map<String, Object> command) throws IOException {
    try {
      instantiate((String) command.get("filename"));
      fail(command, "instantiated, expected " + command.get("text"));
    } catch (UnsupportedFeatureException e) {
      skip("not compiled: " + e.feature());
    } catch (ChicoryException e) {
      passed++;
    } catch (RuntimeException | Error e) {
      fail(command, "threw " + e);
    }
  }

  /** Runs a folder at the three chunk sizes. */
  public static void main(String[] args) throws IOException {
    boolean clean = true;
    for (String size :
        args.length > 1 ? new String[] {args[1]} : new String[] {"usual", "100", "never"}) {
      SpecRunner runner = new SpecRunner(compiler(size));
      for (Path json : files(Path.of(args[0]))) {
        runner.run(json);
      }
      System.out.println(
          "chunks "
              + size
              + ": "
              + runner.passed
              + " passed, "
              + runner.failures.size()
              + " failed");
      runner.skipped.forEach(
          (reason, count) -> System.out.println("  skipped " + count + ": " + reason));
      runner.failures.stream().limit(40).forEach(f -> System.out.println("  FAILED " + f));
      clean &= runner.failures.isEmpty();
    }
    System.out.println(clean ? "all passed" : "FAILURES");
  }

  static WasmCompiler compiler(String size) {
    WasmCompiler compiler = WasmCompiler.create().withThreads(1);
    switch (size) {
      case "usual":
        return compiler;
      case "never":
        return compiler.withoutSplitting();
      default:
        return compiler.withChunkBytes(Integer.parseInt(size));
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.filter(p -> p.toString().endsWith(".json")).sorted().toList();
    }
  }
}
