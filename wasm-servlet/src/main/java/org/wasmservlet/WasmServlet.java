package org.wasmservlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wasmservlet.deploy.ConfigurationFile;
import org.wasmservlet.route.RouteService;

/**
 * Serves a URL pattern with a WebAssembly program (WASI preview 1). Each request gets an instance
 * of its own, on the container's thread; the program's standard output becomes the response.
 *
 * <p>Configured in web.xml, by init-params that mirror the directives of mod_wasm:
 *
 * <ul>
 *   <li>{@value #MODULE}: the .wasm file; required
 *   <li>{@value #ARG}: an argument, one a line
 *   <li>{@value #ENV}: {@code NAME value}, one a line
 *   <li>{@value #DIR}: a host directory that the program may use, one a line
 *   <li>{@value #MAP_DIR}: {@code guest-path host-directory}, one pair a line
 *   <li>{@value #ENABLE_CGI}: {@code On} to pass requests to the program; default {@code Off}
 *   <li>{@value #GATEWAY}: {@code cgi}, {@code scgi} or {@code fastcgi}; default {@code cgi}
 *   <li>{@value #FREEZE}: {@code stdin} or {@code accept}, where the program is frozen; default
 *       {@code Off}
 *   <li>{@value #UNFROZEN}: {@code Run} or {@code Refuse}; default {@code Run}
 *   <li>{@value #FREEZE_KEEP}: {@code On} to keep what is frozen for the next start; default {@code
 *       Off}
 *   <li>{@value #APPLICATION}: {@code application} or {@code application directory}, in Python or
 *       Ruby
 *   <li>{@value #MAP_CGI_FILE_NAMES}: {@code On} to tell file names by their guest paths; default
 *       {@code Off}
 *   <li>{@value #ENTRY_POINT}: the exported function that is called; default {@code _start}
 *   <li>{@value #UNKNOWN_IMPORTS}: {@code Refuse} or {@code Trap}; default {@code Refuse}
 *   <li>{@value #DOCUMENT_ROOT}: the directory of an application's scripts and files
 *   <li>{@value #DIRECTORY_INDEX}: what answers for a directory, for example {@code index.php}
 *   <li>{@value #HANDLER}: suffixes of files that are programs; default: those of the index
 *   <li>{@value #FALLBACK}: the program that answers for what does not exist
 *   <li>{@value #DENY}: patterns of what is never served
 *   <li>{@value #CGI_PASS_AUTH}: {@code On} to pass the Authorization header; default {@code Off}
 *   <li>{@value #TIMEOUT}: how long a program may run; default {@code 30s}
 *   <li>{@value #MEMORY_LIMIT}: how much memory it may have; default {@code 256MB}
 *   <li>{@value #MAX_CONCURRENT}: how many programs run at once; default: twice the processors
 *   <li>{@value #LOCK_FILE}: a file; programs of all routes that name it run one at a time
 *   <li>{@value #MAX_QUEUE}: how many requests wait for that; default {@code 100}
 *   <li>{@value #QUEUE_TIMEOUT}: how long they wait; default {@code 5s}
 *   <li>{@value #MAX_REQUEST_BODY}: the largest request body; default {@code 16MB}
 *   <li>{@value #MAX_OUTPUT}: the most that a program may write; default {@code 64MB}
 *   <li>{@value #MAX_OPEN_FILES}: how many files it may have open; default {@code 256}
 *   <li>{@value #MAX_WRITTEN}: the most that it may write to files; default {@code 256MB}
 *   <li>{@value #MAX_STACK}: the stack that a program runs on; default: the container's thread's
 *   <li>{@value #CACHE_DIR}: where compiled modules are kept; default: in the application's
 *       temporary directory
 *   <li>{@value #CACHE_SIZE}: how much is kept there; default {@code 1GB}
 *   <li>{@value #FETCH_TIMEOUT}: how long a module may take that is fetched; default {@code 10m}
 *   <li>{@value #PRELOAD}: {@code On} to load the module when the servlet is initialised, {@code
 *       Background} to go on meanwhile, {@code Off} to wait for a request; default {@code On}
 *   <li>{@value #WARM_UP}: how many requests for which path are made before anybody's
 *   <li>{@value #RELOAD}: {@code On} to load the module anew when its file is replaced; default
 *       {@code Off}
 * </ul>
 *
 * <p>An init-param that cannot be used fails the servlet's initialisation with an error that names
 * the servlet, the parameter, the value and the cause. Thread-safe, as servlets are.
 */
public final class WasmServlet extends HttpServlet {
  /** Init-param: the module's file. */
  public static final String MODULE = "WasmModule";

  /** Init-param: arguments. */
  public static final String ARG = "WasmArg";

  /** Init-param: environment variables. */
  public static final String ENV = "WasmEnv";

  /** Init-param: directories under their own names. */
  public static final String DIR = "WasmDir";

  /** Init-param: directories under guest names. */
  public static final String MAP_DIR = "WasmMapDir";

  /** Init-param: whether requests are passed to the program. */
  public static final String ENABLE_CGI = "WasmEnableCGI";

  /** Init-param: by which protocol requests are passed. */
  public static final String GATEWAY = "WasmGateway";

  /** Init-param: what becomes of a module that imports functions which no program is given. */
  public static final String UNKNOWN_IMPORTS = "WasmUnknownImports";

  /** Init-param: where the program is frozen, to be resumed for each request. */
  public static final String FREEZE = "WasmFreeze";

  /** Init-param: what becomes of requests while it is not. */
  public static final String UNFROZEN = "WasmUnfrozen";

  /** Init-param: whether what is frozen is kept for the next start. */
  public static final String FREEZE_KEEP = "WasmFreezeKeep";

  /** Init-param: an application that is loaded by an adapter, and where it is. */
  public static final String APPLICATION = "WasmApplication";

  /** Init-param: whether file names are told by their guest paths. */
  public static final String MAP_CGI_FILE_NAMES = "WasmMapCGIFileNames";

  /** Init-param: the function that is called. */
  public static final String ENTRY_POINT = "WasmEntryPoint";

  /** Init-param: the directory of an application's scripts and files. */
  public static final String DOCUMENT_ROOT = "WasmDocumentRoot";

  /** Init-param: file names that answer for a directory. */
  public static final String DIRECTORY_INDEX = "WasmDirectoryIndex";

  /** Init-param: suffixes of files that are programs. */
  public static final String HANDLER = "WasmHandler";

  /** Init-param: the program that answers for what does not exist. */
  public static final String FALLBACK = "WasmFallback";

  /** Init-param: patterns of what is never served. */
  public static final String DENY = "WasmDeny";

  /** Init-param: whether the program sees the Authorization header. */
  public static final String CGI_PASS_AUTH = "WasmCGIPassAuth";

  /** Init-param: how long a program may run. */
  public static final String TIMEOUT = "WasmTimeout";

  /** Init-param: how much linear memory a program may have. */
  public static final String MEMORY_LIMIT = "WasmMemoryLimit";

  /** Init-param: how many programs run at once. */
  public static final String MAX_CONCURRENT = "WasmMaxConcurrent";

  /** Init-param: the file whose lock a program has while it runs. */
  public static final String LOCK_FILE = "WasmLockFile";

  /** Init-param: how many requests wait for a program to end. */
  public static final String MAX_QUEUE = "WasmMaxQueue";

  /** Init-param: how long they wait. */
  public static final String QUEUE_TIMEOUT = "WasmQueueTimeout";

  /** Init-param: the largest request body. */
  public static final String MAX_REQUEST_BODY = "WasmMaxRequestBody";

  /** Init-param: the most that a program may write to standard output. */
  public static final String MAX_OUTPUT = "WasmMaxOutput";

  /** Init-param: how many files a program may have open. */
  public static final String MAX_OPEN_FILES = "WasmMaxOpenFiles";

  /** Init-param: the most that a program may write to files. */
  public static final String MAX_WRITTEN = "WasmMaxWritten";

  /** Init-param: the stack that a program runs on. */
  public static final String MAX_STACK = "WasmMaxStack";

  /** Init-param or context-param: the folder in which compiled modules are kept. */
  public static final String CACHE_DIR = "WasmCacheDir";

  /** Init-param or context-param: how much is kept there. */
  public static final String CACHE_SIZE = "WasmCacheSize";

  /** Init-param: how long a module may take that is fetched. */
  public static final String FETCH_TIMEOUT = "WasmFetchTimeout";

  /** Init-param: when the module is loaded. */
  public static final String PRELOAD = "WasmPreload";

  /** Init-param: requests that are made before anybody's. */
  public static final String WARM_UP = "WasmWarmUp";

  /** Init-param: whether a module that is replaced is loaded anew. */
  public static final String RELOAD = "WasmReload";

  private static final long serialVersionUID = 1L;

  /** Null before init and after destroy. */
  private transient RouteService service;

  /** Made by the container. */
  public WasmServlet() {}

  /**
   * Reads the configuration and loads the module.
   *
   * @throws ServletException if an init-param cannot be used
   */
  @Override
  public void init() throws ServletException {
    ConfigurationFile.of(getServletContext()).warnIfUnread();
    service = RouteService.open(getServletConfig());
  }

  /**
   * Serves a request of any method.
   *
   * @param request the request
   * @param response the response
   * @throws ServletException never; as servlets declare it
   * @throws IOException if the client has gone, or to make the container cut a connection whose
   *     response cannot be finished
   */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    service.serve(request, response);
  }

  /** Releases the module. */
  @Override
  public void destroy() {
    if (service != null) {
      service.close();
      service = null;
    }
  }
}
