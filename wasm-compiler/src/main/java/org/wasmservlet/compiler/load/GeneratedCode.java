package org.wasmservlet.compiler.load;

import com.dylibso.chicory.runtime.Instance;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wasmservlet.compiler.emit.Bridges;
import org.wasmservlet.compiler.ir.ClassNames;
import org.wasmservlet.compiler.runtime.Context;
import org.wasmservlet.compiler.runtime.ContextFactory;
import org.wasmservlet.compiler.runtime.Entry;
import org.wasmservlet.compiler.runtime.LoadedCode;
import org.wasmservlet.compiler.vector.V128;

/** The classes of a module in a loader of their own, and the small classes made on demand. */
public final class GeneratedCode extends LoadedCode {
  private static final String PREFIX = ClassNames.PACKAGE.replace('/', '.');

  private final CodeIndex index;
  private final ClassNames names;
  private final Loader loader;
  private final ContextFactory contexts;

  public GeneratedCode(CodeIndex index, ClassFiles classes) {
    super(index.functionSignatures(), index.types(), index.numbers());
    this.index = index;
    this.names = index.names();
    this.loader = new Loader(classes);
    // Compiled code calls these packages, which no one else may see.
    Module own = GeneratedCode.class.getModule();
    own.addExports(LoadedCode.class.getPackageName(), loader.getUnnamedModule());
    own.addExports(V128.class.getPackageName(), loader.getUnnamedModule());
    this.contexts = (ContextFactory) create(constructor(ClassNames.CONTEXT_FACTORY));
  }

  private Constructor<?> constructor(String internalName, Class<?>... parameters) {
    try {
      Class<?> type = Class.forName(internalName.replace('/', '.'), true, loader);
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("generated class " + internalName, e);
    }
  }

  private static Object create(Constructor<?> constructor, Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the state of a new instance. */
  public Context newContext(Instance instance) {
    return newContext(instance, this);
  }

  /** Binary names, in the order in which they were first needed. */
  public List<String> loadedClasses() {
    synchronized (loader.loaded) {
      return List.copyOf(loader.loaded);
    }
  }

  /** Loads and links classes that are here, until the thread is interrupted. */
  public void loadClasses(List<String> binaryNames) {
    for (String name : binaryNames) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (name.startsWith(PREFIX)) {
        try {
          Class.forName(name, true, loader);
        } catch (ClassNotFoundException | IndexOutOfBoundsException e) {
          // A list of another build, or a damaged one: that class is loaded when it is needed.
          continue;
        }
      }
    }
  }

  /** Makes the state of a new instance of another view of this code. */
  Context newContext(Instance instance, LoadedCode view) {
    return contexts.make(instance, view);
  }

  /** Adds classes beside those of the module. */
  public void add(Map<String, byte[]> classes) {
    loader.added.putAll(classes);
  }

  /** Makes an object of a class that has a constructor without arguments. */
  public Object make(String internalName) {
    return create(constructor(internalName));
  }

  @Override
  protected Entry newEntry(int function) {
    return (Entry) make(ClassNames.entry(function));
  }

  @Override
  protected Entry newForeignEntry(int signature, Instance instance, int function) {
    Constructor<?> constructor =
        constructor(ClassNames.foreign(signature), Instance.class, int.class);
    return (Entry) create(constructor, instance, function);
  }

  /** Makes the small classes when they are asked for: most functions are never called so. */
  private final class Loader extends ClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final ClassFiles classes;

    /** Classes that are not the module's own, until they are loaded. */
    private final Map<String, byte[]> added = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private final List<String> loaded = new ArrayList<>();

    Loader(ClassFiles classes) {
      super("wasm", GeneratedCode.class.getClassLoader());
      this.classes = classes;
    }

    /** Asks no parent for what is here: that would look into every jar for every class. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PREFIX)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.startsWith(PREFIX)) {
        throw new ClassNotFoundException(name);
      }
      String internalName = name.replace('.', '/');
      byte[] bytes = added.remove(internalName);
      boolean own = bytes == null;
      if (own) {
        bytes = classes.bytes(internalName);
      }
      if (bytes == null) {
        bytes = make(name.substring(PREFIX.length()));
      }
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      Class<?> defined = defineClass(name, bytes, 0, bytes.length);
      if (own) {
        synchronized (loaded) {
          loaded.add(name);
        }
      }
      return defined;
    }

    private byte[] make(String simpleName) {
      int number;
      try {
        number = Integer.parseInt(simpleName.substring(1));
      } catch (NumberFormatException e) {
        return null;
      }
      switch (simpleName.charAt(0)) {
        case 'E':
          return Bridges.entryClass(
              ClassNames.entry(number),
              number,
              index.signatures().get(index.functionSignatures()[number]),
              names.classOf(number),
              index.tailCalling().get(number));
        case 'S':
          return Bridges.signatureClass(index.signatures().get(number));
        case 'X':
          return Bridges.foreignClass(index.signatures().get(number));
        default:
          return null;
      }
    }
  }
}
