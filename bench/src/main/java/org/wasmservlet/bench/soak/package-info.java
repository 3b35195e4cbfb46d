/** Many clients, guests of every kind, some minutes: nothing must be wrong, and nothing be left. */
package org.wasmservlet.bench.soak;
