/**
 * Prepares web applications and libraries where they are built, so that no server has to compile
 * their modules or to start their programs: for builds. The command and the Maven plugin are made
 * of it.
 *
 * <p>{@link org.wasmservlet.prepare.Preparer} does that; whoever calls it is told what becomes of
 * it by a {@link org.wasmservlet.prepare.PreparationListener}.
 */
package org.wasmservlet.prepare;
