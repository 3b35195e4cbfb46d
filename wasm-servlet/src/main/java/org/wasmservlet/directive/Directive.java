package org.wasmservlet.directive;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every init-param that this library knows: the one table behind parsing, errors and the
 * configuration reference. The names and meanings of mod_wasm's directives are mod_wasm's.
 */
public enum Directive {
  /** The module. */
  MODULE("WasmModule", 1, false, null),
  /** One argument. */
  ARG("WasmArg", 1, true, null),
  /** An environment variable. */
  ENV("WasmEnv", 2, true, null),
  /** A directory under its own name, and whether it is read-only. */
  DIR("WasmDir", 1, 2, true, null),
  /** A directory under another name, and whether it is read-only. */
  MAP_DIR("WasmMapDir", 2, 3, true, null),
  /** Whether requests are passed to the guest. */
  ENABLE_CGI("WasmEnableCGI", 1, false, "Off"),
  /** Whether file names are passed as the guest knows them. */
  MAP_CGI_FILE_NAMES("WasmMapCGIFileNames", 1, false, "Off"),
  /** The function that is called. */
  ENTRY_POINT("WasmEntryPoint", 1, false, "_start"),
  /** What becomes of a module that imports functions which no program is given. */
  UNKNOWN_IMPORTS("WasmUnknownImports", 1, false, "Refuse"),
  /** Where the scripts and files of an application are. */
  DOCUMENT_ROOT("WasmDocumentRoot", 1, false, null),
  /** What a directory is answered with. */
  DIRECTORY_INDEX("WasmDirectoryIndex", Directive.ANY_NUMBER, false, null),
  /** Which files are programs. */
  HANDLER("WasmHandler", Directive.ANY_NUMBER, false, null),
  /** Which program answers for what does not exist. */
  FALLBACK("WasmFallback", 1, false, null),
  /** What is never served. */
  DENY("WasmDeny", Directive.ANY_NUMBER, true, null),
  /** By which protocol requests are passed. */
  GATEWAY("WasmGateway", 1, false, "cgi"),
  /** Where the program is frozen, to be resumed for each request. */
  FREEZE("WasmFreeze", 1, false, "Off"),
  /** What becomes of requests while it is not. */
  UNFROZEN("WasmUnfrozen", 1, false, "Run"),
  /** Whether what is frozen outlives the server. */
  FREEZE_KEEP("WasmFreezeKeep", 1, false, "Off"),
  /** An application that is loaded by an adapter of ours, and where it is. */
  APPLICATION("WasmApplication", 1, 2, false, null),
  /** Whether the guest sees the Authorization header. */
  CGI_PASS_AUTH("WasmCGIPassAuth", 1, false, "Off"),
  /** How long a guest may run. */
  TIMEOUT("WasmTimeout", 1, false, "30s"),
  /** How much linear memory a guest may have. */
  MEMORY_LIMIT("WasmMemoryLimit", 1, false, "256MB"),
  /** How many guests of a route run at once. */
  MAX_CONCURRENT("WasmMaxConcurrent", 1, false, null),
  /** The file whose lock a guest has while it runs. */
  LOCK_FILE("WasmLockFile", 1, false, null),
  /** How many requests wait for that. */
  MAX_QUEUE("WasmMaxQueue", 1, false, "100"),
  /** How long they wait. */
  QUEUE_TIMEOUT("WasmQueueTimeout", 1, false, "5s"),
  /** The largest request body. */
  MAX_REQUEST_BODY("WasmMaxRequestBody", 1, false, "16MB"),
  /** The most that a guest may write to standard output. */
  MAX_OUTPUT("WasmMaxOutput", 1, false, "64MB"),
  /** How many files a guest may have open. */
  MAX_OPEN_FILES("WasmMaxOpenFiles", 1, false, "256"),
  /** The most that a guest may write to files. */
  MAX_WRITTEN("WasmMaxWritten", 1, false, "256MB"),
  /** The stack that a guest runs on. */
  MAX_STACK("WasmMaxStack", 1, false, null),
  /** Where compiled modules are kept. */
  CACHE_DIR("WasmCacheDir", 1, false, null),
  /** How much is kept there. */
  CACHE_SIZE("WasmCacheSize", 1, false, "1GB"),
  /** How long a module may take that is fetched. */
  FETCH_TIMEOUT("WasmFetchTimeout", 1, false, "10m"),
  /** When the module is loaded. */
  PRELOAD("WasmPreload", 1, false, "On"),
  /** Requests that are served before anybody's. */
  WARM_UP("WasmWarmUp", 2, true, null),
  /** Whether a module that is replaced is loaded anew. */
  RELOAD("WasmReload", 1, false, "Off");

  /** What every directive's name begins with; init-params of other names are not ours. */
  public static final String PREFIX = "Wasm";

  /** For {@link #words()}: one word or more. */
  static final int ANY_NUMBER = -1;

  private final String parameter;
  private final int words;
  private final int mostWords;
  private final boolean repeatable;
  private final String defaultValue;

  Directive(String parameter, int words, boolean repeatable, String defaultValue) {
    this(parameter, words, words, repeatable, defaultValue);
  }

  Directive(String parameter, int words, int mostWords, boolean repeatable, String defaultValue) {
    this.parameter = parameter;
    this.words = words;
    this.mostWords = mostWords;
    this.repeatable = repeatable;
    this.defaultValue = defaultValue;
  }

  /**
   * The init-param's name.
   *
   * @return as it is written in web.xml
   */
  public String parameter() {
    return parameter;
  }

  /**
   * What stands where nothing is written.
   *
   * @return the default, or null if there is none
   */
  public String defaultValue() {
    return defaultValue;
  }

  /**
   * Whether each line of the value is one more occurrence.
   *
   * @return true if several lines are allowed
   */
  public boolean repeatable() {
    return repeatable;
  }

  /**
   * Whether a line of it is one word, so that blanks in it need quotes.
   *
   * @return false if it has several, or can have
   */
  public boolean takesOneWord() {
    return words == 1 && mostWords == 1;
  }

  /**
   * Whether a line of it is as many words as are wanted.
   *
   * @return true if each word says the same of another thing
   */
  public boolean takesAnyNumberOfWords() {
    return words == ANY_NUMBER;
  }

  int words() {
    return words;
  }

  /** As many as {@link #words()} unless the last are optional. */
  int mostWords() {
    return mostWords;
  }

  /**
   * Finds a directive as httpd does, which takes its names in any case.
   *
   * @param name as it is written in a configuration file
   * @return the directive, if there is one
   */
  public static Optional<Directive> namedInAnyCase(String name) {
    return Arrays.stream(values()).filter(d -> d.parameter.equalsIgnoreCase(name)).findFirst();
  }

  static Optional<Directive> named(String parameter) {
    return Arrays.stream(values()).filter(d -> d.parameter.equals(parameter)).findFirst();
  }
}
