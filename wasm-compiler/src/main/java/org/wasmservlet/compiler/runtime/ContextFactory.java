package org.wasmservlet.compiler.runtime;

import com.dylibso.chicory.runtime.Instance;

/** Makes the contexts of a module. Its only subclass is generated. */
public abstract class ContextFactory {
  /** Made by generated code. */
  protected ContextFactory() {}

  /**
   * Makes the state of a new instance.
   *
   * @param instance under construction
   * @param code its code
   * @return its context
   */
  public abstract Context make(Instance instance, LoadedCode code);
}
