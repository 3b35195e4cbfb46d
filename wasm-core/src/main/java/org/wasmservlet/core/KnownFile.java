package org.wasmservlet.core;

import java.util.concurrent.CompletableFuture;

/** What is known of a module's file, until nobody uses it any longer. */
final class KnownFile {
  /** What is in it, when it has been read. */
  final CompletableFuture<SharedModule> module = new CompletableFuture<>();

  /** Guarded by the cache's lock. */
  int users;

  /** Null while it is being read, and if that has failed. */
  SharedModule ready() {
    return module.isDone() && !module.isCompletedExceptionally() ? module.join() : null;
  }
}
