package org.wasmservlet.compiler.load;

import org.wasmservlet.compiler.runtime.Images;

/**
 * What a module was compiled to, not loaded yet.
 *
 * @param index what is known of it besides its classes
 * @param classes its classes
 * @param images what its instances begin with
 */
public record CodeParts(CodeIndex index, ClassFiles classes, Images images) {}
