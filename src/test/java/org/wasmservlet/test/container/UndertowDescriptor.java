package org.wasmservlet.test.container;

import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.SecurityInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.WebResourceCollection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.function.BiConsumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** As much of a web.xml as the tests have. */
final class UndertowDescriptor {
  private final Element root;
  private final ClassLoader loader;

  private UndertowDescriptor(Element root, ClassLoader loader) {
    this.root = root;
    this.loader = loader;
  }

  static UndertowDescriptor read(Path file, ClassLoader loader) throws Exception {
    if (!Files.exists(file)) {
      return new UndertowDescriptor(null, loader);
    }
    return new UndertowDescriptor(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement(),
        loader);
  }

  void addTo(DeploymentInfo deployment) throws ClassNotFoundException {
    if (root == null) {
      return;
    }
    addParams(root, "context-param", deployment::addInitParameter);
    for (Element servlet : children(root, "servlet")) {
      deployment.addServlet(servlet(servlet));
    }
    for (Element filter : children(root, "filter")) {
      deployment.addFilter(filter(filter));
    }
    for (Element mapping : children(root, "filter-mapping")) {
      addMapping(deployment, mapping);
    }
    for (Element listener : children(root, "listener")) {
      deployment.addListener(
          Servlets.listener(type(text(listener, "listener-class"), EventListener.class)));
    }
    for (Element page : children(root, "error-page")) {
      deployment.addErrorPage(errorPage(page));
    }
    for (Element constraint : children(root, "security-constraint")) {
      deployment.addSecurityConstraint(constraint(constraint));
    }
    addWelcomePages(deployment);
  }

  /** Those of a product's default descriptor where there are none. */
  private void addWelcomePages(DeploymentInfo deployment) {
    List<Element> lists = children(root, "welcome-file-list");
    if (lists.isEmpty()) {
      deployment.addWelcomePages("index.html", "index.htm");
    }
    for (Element list : lists) {
      children(list, "welcome-file")
          .forEach(file -> deployment.addWelcomePage(file.getTextContent().strip()));
    }
  }

  private ServletInfo servlet(Element servlet) throws ClassNotFoundException {
    String name = text(servlet, "servlet-name");
    ServletInfo info = Servlets.servlet(name, type(text(servlet, "servlet-class"), Servlet.class));
    addParams(servlet, "init-param", info::addInitParam);
    String order = text(servlet, "load-on-startup");
    if (order != null) {
      info.setLoadOnStartup(Integer.parseInt(order));
    }
    info.setAsyncSupported(Boolean.parseBoolean(text(servlet, "async-supported")));
    if (!children(servlet, "multipart-config").isEmpty()) {
      info.setMultipartConfig(new MultipartConfigElement(""));
    }
    for (Element mapping : children(root, "servlet-mapping")) {
      if (text(mapping, "servlet-name").equals(name)) {
        children(mapping, "url-pattern")
            .forEach(pattern -> info.addMapping(pattern.getTextContent().strip()));
      }
    }
    return info;
  }

  private FilterInfo filter(Element filter) throws ClassNotFoundException {
    FilterInfo info =
        Servlets.filter(
            text(filter, "filter-name"), type(text(filter, "filter-class"), Filter.class));
    addParams(filter, "init-param", info::addInitParam);
    return info.setAsyncSupported(Boolean.parseBoolean(text(filter, "async-supported")));
  }

  private static void addMapping(DeploymentInfo deployment, Element mapping) {
    List<DispatcherType> dispatchers = new ArrayList<>();
    children(mapping, "dispatcher")
        .forEach(name -> dispatchers.add(DispatcherType.valueOf(name.getTextContent().strip())));
    if (dispatchers.isEmpty()) {
      dispatchers.add(DispatcherType.REQUEST);
    }
    String filter = text(mapping, "filter-name");
    for (DispatcherType dispatcher : dispatchers) {
      for (Element pattern : children(mapping, "url-pattern")) {
        deployment.addFilterUrlMapping(filter, pattern.getTextContent().strip(), dispatcher);
      }
      for (Element servlet : children(mapping, "servlet-name")) {
        deployment.addFilterServletNameMapping(
            filter, servlet.getTextContent().strip(), dispatcher);
      }
    }
  }

  private ErrorPage errorPage(Element page) throws ClassNotFoundException {
    String location = text(page, "location");
    String code = text(page, "error-code");
    String exception = text(page, "exception-type");
    if (code != null) {
      return Servlets.errorPage(location, Integer.parseInt(code));
    }
    return exception == null
        ? Servlets.errorPage(location)
        : Servlets.errorPage(location, type(exception, Throwable.class));
  }

  private static SecurityConstraint constraint(Element element) {
    SecurityConstraint constraint = new SecurityConstraint();
    for (Element collection : children(element, "web-resource-collection")) {
      WebResourceCollection resources = new WebResourceCollection();
      children(collection, "url-pattern")
          .forEach(pattern -> resources.addUrlPattern(pattern.getTextContent().strip()));
      children(collection, "http-method")
          .forEach(method -> resources.addHttpMethod(method.getTextContent().strip()));
      constraint.addWebResourceCollection(resources);
    }
    for (Element roles : children(element, "auth-constraint")) {
      constraint.setEmptyRoleSemantic(SecurityInfo.EmptyRoleSemantic.DENY);
      children(roles, "role-name")
          .forEach(role -> constraint.addRoleAllowed(role.getTextContent().strip()));
    }
    return constraint;
  }

  private <T> Class<? extends T> type(String name, Class<T> kind) throws ClassNotFoundException {
    return loader.loadClass(name).asSubclass(kind);
  }

  private static void addParams(Element parent, String kind, BiConsumer<String, String> consumer) {
    for (Element param : children(parent, kind)) {
      consumer.accept(text(param, "param-name"), text(param, "param-value"));
    }
  }

  /** Null if there is none. */
  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? null : found.get(0).getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
