package org.wasmservlet.root;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wasmservlet.directive.Directive;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;
import org.wasmservlet.host.HostFiles;
import org.wasmservlet.mapping.Mounts;
import org.wasmservlet.mapping.RouteOwner;
import org.wasmservlet.tree.FileTree;

/** Makes a document root from init-params, or says which of them is wrong. */
public final class DocumentRootFactory {
  /** What has no meaning without a document root. */
  private static final List<Directive> DEPENDENT =
      List.of(Directive.DIRECTORY_INDEX, Directive.HANDLER, Directive.FALLBACK, Directive.DENY);

  private final Directives directives;
  private final HostFiles files;
  private final RouteOwner owner;

  /**
   * Makes a factory.
   *
   * @param directives of the route
   * @param files of its web application
   * @param owner whose they are
   */
  public DocumentRootFactory(Directives directives, HostFiles files, RouteOwner owner) {
    this.directives = directives;
    this.files = files;
    this.owner = owner;
  }

  /** To be closed; null for a servlet without one. */
  public DocumentRoot create() throws DirectiveException {
    List<String> words = directives.words(Directive.DOCUMENT_ROOT);
    if (words.isEmpty() && !owner.isFilter()) {
      refuseDependent();
      return null;
    }
    String name = words.isEmpty() ? null : words.get(0);
    if (!directives.isOn(Directive.ENABLE_CGI)) {
      throw wrong(name, "needs " + Directive.ENABLE_CGI.parameter() + " On");
    }
    List<String> indexes = indexes();
    List<String> handlers = directives.words(Directive.HANDLER);
    List<String> suffixes = handlers.isEmpty() ? suffixesOf(indexes) : withDots(handlers);
    if (suffixes.isEmpty()) {
      throw wrong(
          name,
          "which files are programs? Give "
              + Directive.DIRECTORY_INDEX.parameter()
              + " (for example index.php) or "
              + Directive.HANDLER.parameter()
              + " (for example .php)");
    }
    HostFiles.Directory directory =
        name == null ? new HostFiles.Directory(webRoot(), false, true) : directory(name);
    refuseWhatTheContainerShows(name, directory);
    DocumentRoot root =
        new DocumentRoot(tree(name, directory.path()), indexes, suffixes, denied(), fallback());
    boolean usable = false;
    try {
      checkFallback(root);
      usable = true;
      return root;
    } finally {
      if (!usable) {
        root.close();
      }
    }
  }

  private List<String> indexes() throws DirectiveException {
    List<String> indexes = directives.words(Directive.DIRECTORY_INDEX);
    for (String index : indexes) {
      if (index.indexOf('/') >= 0) {
        throw new DirectiveException(
            Directive.DIRECTORY_INDEX.parameter(), index, "must be a file's name, not a path");
      }
    }
    return indexes;
  }

  private DenyPatterns denied() {
    return new DenyPatterns(directives.all(Directive.DENY).stream().flatMap(List::stream).toList());
  }

  private String fallback() throws DirectiveException {
    String fallback = directives.value(Directive.FALLBACK);
    if (fallback != null && !fallback.startsWith("/")) {
      throw new DirectiveException(
          Directive.FALLBACK.parameter(),
          fallback,
          "must begin with a slash: it is a path from the document root");
    }
    return fallback;
  }

  private void checkFallback(DocumentRoot root) throws DirectiveException {
    String fallback = directives.value(Directive.FALLBACK);
    if (fallback == null) {
      return;
    }
    try (DocumentRoot.Target found = root.find(fallback)) {
      if (!(found instanceof DocumentRoot.Program)) {
        throw new DirectiveException(
            Directive.FALLBACK.parameter(), fallback, "is no program below " + root.path());
      }
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.FALLBACK.parameter(), fallback, "cannot be looked up: " + e, e);
    }
  }

  /**
   * What lies in the web application beside WEB-INF, the container shows under its own path, unless
   * a filter is before all of it.
   */
  private void refuseWhatTheContainerShows(String name, HostFiles.Directory root)
      throws DirectiveException {
    boolean isWebRoot = root.path().equals(files.root());
    if (root.isShown()
        && !(owner.isFilter() && isWebRoot && Mounts.of(owner).areTheWholeApplication())) {
      throw wrong(
          name,
          isWebRoot
              ? "the web application's own root needs a WasmFilter that is mapped to /*, or the"
                  + " container would show the programs' sources"
              : "the container would show the programs' sources; move them below WEB-INF");
    }
  }

  private void refuseDependent() throws DirectiveException {
    for (Directive directive : DEPENDENT) {
      List<String> words = directives.words(directive);
      if (!words.isEmpty()) {
        throw new DirectiveException(
            directive.parameter(),
            String.join(" ", words),
            "has no effect without " + Directive.DOCUMENT_ROOT.parameter());
      }
    }
  }

  private Path webRoot() throws DirectiveException {
    if (files.root() == null) {
      throw wrong(
          null,
          "missing, and the web application's own root is not there: it is served from its archive;"
              + " let the container unpack it (Tomcat: unpackWARs=\"true\")");
    }
    return files.root();
  }

  private HostFiles.Directory directory(String name) throws DirectiveException {
    try {
      return files.directory(name);
    } catch (IOException e) {
      throw new DirectiveException(Directive.DOCUMENT_ROOT.parameter(), name, e.getMessage(), e);
    }
  }

  private static FileTree tree(String name, Path directory) throws DirectiveException {
    try {
      return FileTree.of(directory);
    } catch (IOException e) {
      throw new DirectiveException(
          Directive.DOCUMENT_ROOT.parameter(), name, "cannot be resolved: " + e, e);
    }
  }

  private static DirectiveException wrong(String value, String reason) {
    return new DirectiveException(Directive.DOCUMENT_ROOT.parameter(), value, reason);
  }

  private static List<String> suffixesOf(List<String> indexes) {
    List<String> suffixes = new ArrayList<>();
    for (String index : indexes) {
      int dot = index.lastIndexOf('.');
      // An index.html among the indexes is a page, not a program.
      if (dot >= 0 && !index.endsWith(".html") && !index.endsWith(".htm")) {
        suffixes.add(index.substring(dot));
      }
    }
    return suffixes;
  }

  private static List<String> withDots(List<String> handlers) {
    return handlers.stream().map(s -> s.startsWith(".") ? s : "." + s).toList();
  }
}
