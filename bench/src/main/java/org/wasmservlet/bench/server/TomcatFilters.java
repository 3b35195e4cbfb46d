package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.wasmservlet.WasmFilter;
import org.wasmservlet.WasmServlet;

/**
 * Web applications behind our filter: WordPress, and the same files three times: by Tomcat's
 * default servlet, by it behind our filter, and by our filter out of a directory that is not the
 * web application's.
 *
 * @param site with what they serve
 * @param programs the words of what is asked for
 * @param frozen whether WordPress's library is loaded once
 */
record TomcatFilters(Site site, List<String> programs, boolean frozen) {
  void addTo(Tomcat tomcat) throws IOException {
    Path empty = Files.createDirectories(site.work().resolve("empty"));
    if (isWanted(Program::isFile)) {
      String module = site.guest("nothing.wasm").toString();
      context(tomcat, "/files", site.files());
      filter(context(tomcat, "/root", site.files()), module, Map.of());
      Map<String, String> outside = Map.of(WasmServlet.DOCUMENT_ROOT, site.files().toString());
      filter(context(tomcat, "/outside", empty), module, outside);
    }
    if (isWanted(Program::isWordPress)) {
      String module = site.runtimes().resolve("php-cgi-8.2.0.wasm").toString();
      WordPressSite wordPress = site.wordPress();
      filter(
          context(tomcat, "/wordpress", empty),
          module,
          frozen ? wordPress.frozenInitParams() : wordPress.initParams());
    }
  }

  private boolean isWanted(Predicate<Program> which) {
    return Arrays.stream(Program.values())
        .filter(which)
        .anyMatch(program -> programs.contains(program.word()));
  }

  private static Context context(Tomcat tomcat, String path, Path root) {
    Context context = tomcat.addContext(path, root.toString());
    Wrapper files = Tomcat.addServlet(context, "default", new DefaultServlet());
    files.setLoadOnStartup(1);
    context.addServletMappingDecoded("/", "default");
    context.addMimeMapping("css", "text/css");
    context.addMimeMapping("js", "text/javascript");
    context.addMimeMapping("png", "image/png");
    return context;
  }

  private static void filter(Context context, String module, Map<String, String> more) {
    FilterDef filter = new FilterDef();
    filter.setFilterName("wasm");
    filter.setFilterClass(WasmFilter.class.getName());
    filter.addInitParameter(WasmServlet.MODULE, module);
    filter.addInitParameter(WasmServlet.ENABLE_CGI, "On");
    filter.addInitParameter(WasmServlet.HANDLER, ".php");
    filter.addInitParameter(WasmServlet.DENY, "*.sqlite");
    more.forEach(filter::addInitParameter);
    context.addFilterDef(filter);
    FilterMap everything = new FilterMap();
    everything.setFilterName(filter.getFilterName());
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
  }
}
