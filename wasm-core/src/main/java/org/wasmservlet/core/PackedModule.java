package org.wasmservlet.core;

import java.nio.file.Path;

/**
 * What became of a module that was to be {@linkplain PreparedModules#pack packed}. Immutable.
 *
 * @param file what it was compiled to; null if that is compiled at every start
 * @param functions how many were compiled; 0 if that had been done before
 * @param unsupported what the module uses that cannot be prepared; null if nothing
 */
public record PackedModule(Path file, int functions, String unsupported) {}
