package org.wasmservlet.boot.actuate;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletContext;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.wasmservlet.status.Scope;
import org.wasmservlet.status.StatusService;

/** The status of the application's programs, as JSON and as a page. Thread-safe. */
@WebEndpoint(id = "wasm")
public final class WasmEndpoint {
  private static final int MAX_REFRESH_SECONDS = 3600;

  private final Supplier<ServletContext> context;

  WasmEndpoint(Supplier<ServletContext> context) {
    this.context = context;
  }

  /**
   * Tells the status.
   *
   * @param accepted what the client prefers
   * @param format {@code json} or {@code html}, whatever it prefers; or null
   * @param refresh after how many seconds a browser asks again, or null
   * @return the document, or 400 for another format
   */
  @ReadOperation(producesFrom = StatusFormat.class)
  public WebEndpointResponse<byte[]> status(
      StatusFormat accepted, @Nullable String format, @Nullable Integer refresh) {
    StatusService status = StatusService.of(context.get(), Scope.APPLICATION);
    StatusFormat wanted = accepted;
    if (format != null) {
      switch (format) {
        case "json" -> wanted = StatusFormat.JSON;
        case "html" -> wanted = StatusFormat.HTML;
        default -> {
          return new WebEndpointResponse<>(WebEndpointResponse.STATUS_BAD_REQUEST);
        }
      }
    }
    boolean refreshes = refresh != null && refresh > 0 && refresh <= MAX_REFRESH_SECONDS;
    String document =
        wanted == StatusFormat.JSON ? status.json() : status.html(refreshes ? refresh : 0);
    return new WebEndpointResponse<>(document.getBytes(UTF_8), wanted);
  }
}
