package org.wasmservlet.gateway;

import java.io.IOException;
import org.wasmservlet.cgi.MalformedResponseException;
import org.wasmservlet.client.ClientWaits;
import org.wasmservlet.core.Outcome;
import org.wasmservlet.core.WasmExecution;

/** One request that is put to a program, and its answer. Used by the request's thread. */
public interface Call extends AutoCloseable {
  /**
   * Gives a run what it is asked by, and where its answer goes.
   *
   * @param execution has not begun
   * @param waits limit how long it waits for the client
   */
  void prepare(WasmExecution execution, ClientWaits waits);

  /**
   * The script that it is for, where the program may have been frozen with that.
   *
   * @return a guest path; null if the program has to begin with this call
   */
  default String script() {
    return null;
  }

  /**
   * In place of {@link #prepare} for a run that goes on from where its program was started with the
   * {@linkplain #script() script}.
   *
   * @param execution has not begun
   * @param waits limit how long it waits for the client
   */
  default void prepareToGoOn(WasmExecution execution, ClientWaits waits) {
    throw new UnsupportedOperationException("such a program is not frozen while it answers");
  }

  /**
   * Sees to it that the client gets the answer, or a status that tells of none.
   *
   * @param outcome of the run
   * @return where the program redirects the request inside, or null if it has been answered
   * @throws MalformedResponseException if the answer is none
   * @throws IOException if the client has gone, or to make the container cut the connection
   */
  String conclude(Outcome outcome) throws IOException;

  /** Gives back what was held for it. */
  @Override
  void close() throws IOException;
}
