/** What a module's binary declares, looked at before anyone makes anything of it. */
package org.wasmservlet.compiler.binary;
