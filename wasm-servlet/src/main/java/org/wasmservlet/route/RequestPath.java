package org.wasmservlet.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.wasmservlet.cgi.PercentCoding;
import org.wasmservlet.cgi.ScriptPath;
import org.wasmservlet.host.GuestPaths;
import org.wasmservlet.mapping.Mounts;
import org.wasmservlet.root.DocumentRoot;
import org.wasmservlet.root.FileNames;
import org.wasmservlet.tree.FileTree;
import org.wasmservlet.tree.TreeWalk;

/**
 * Divides a request's path between the mapping, the program and the path after it.
 *
 * @param prefix context path and, for a prefix mapping, the part of it that is mapped; decoded
 * @param rest what follows; decoded, empty or with a slash at its beginning
 */
record RequestPath(String prefix, String rest) {

  /** Divides the path of a request that a document root's files are looked up for. */
  static RequestPath of(HttpServletRequest request) {
    String context = PercentCoding.decode(request.getContextPath());
    String servletPath = request.getServletPath();
    String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
        ? new RequestPath(context + servletPath, pathInfo)
        : new RequestPath(context, servletPath + pathInfo);
  }

  /** Divides the path of a request that passes a filter. */
  static RequestPath below(Mounts mounts, HttpServletRequest request) {
    String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
    String path = request.getServletPath() + pathInfo;
    String mount = mounts.of(path);
    return new RequestPath(
        PercentCoding.decode(request.getContextPath()) + mount, path.substring(mount.length()));
  }

  /** The path with a slash at its end. */
  String withSlash() {
    return prefix + rest + "/";
  }

  /** The script path of a program that was found in a document root. */
  ScriptPath scriptPath(DocumentRoot.Program program, DocumentRoot root, GuestPaths guestPaths) {
    return new ScriptPath(
        prefix,
        prefix + program.scriptPath(),
        program.pathInfo(),
        guestPaths.of(program.file()),
        guestPaths.of(root.path()));
  }

  /**
   * The script path where the servlet's mapping names the program: the file of that name below the
   * web application's root, if there is one.
   */
  static ScriptPath mappedScriptPath(HttpServletRequest request, Route route) throws IOException {
    String context = PercentCoding.decode(request.getContextPath());
    String script = request.getServletPath();
    String pathInfo = request.getPathInfo();
    if (request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXTENSION) {
      // An extension mapping looks at the path's last part only: /a.php/b.php is a.php and /b.php.
      int end = endOfScript(script, route.webRoot());
      pathInfo = end < script.length() ? script.substring(end) : pathInfo;
      script = script.substring(0, end);
    }
    GuestPaths guestPaths = route.paths();
    if (guestPaths.isEmpty()) {
      return new ScriptPath(context, context + script, pathInfo, null, null);
    }
    Path webRoot = route.webRoot() == null ? null : route.webRoot().path();
    return new ScriptPath(
        context,
        context + script,
        pathInfo,
        guestPaths.of(below(webRoot, script)),
        guestPaths.of(webRoot));
  }

  private static int endOfScript(String path, FileTree webRoot) throws IOException {
    if (webRoot == null || path.indexOf('/', 1) < 0) {
      return path.length();
    }
    try (TreeWalk walk = webRoot.walk()) {
      int from = 1;
      for (int slash = path.indexOf('/', from); slash > 0; slash = path.indexOf('/', from)) {
        String name = path.substring(from, slash);
        TreeWalk.Entry entry = FileNames.isPlain(name) ? walk.find(name) : TreeWalk.Entry.NOTHING;
        if (entry != TreeWalk.Entry.DIRECTORY) {
          return entry == TreeWalk.Entry.FILE ? slash : path.length();
        }
        from = slash + 1;
      }
    }
    return path.length();
  }

  private static Path below(Path root, String path) {
    if (root == null || path.length() <= 1) {
      return root;
    }
    try {
      Path file = root.resolve(path.substring(1)).normalize();
      return file.startsWith(root) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
