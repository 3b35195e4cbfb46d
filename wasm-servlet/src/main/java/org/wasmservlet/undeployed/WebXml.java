package org.wasmservlet.undeployed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a web application's descriptor says. Immutable.
 *
 * @param contextParams values by name
 * @param classes its servlets and filters
 */
record WebXml(Map<String, String> contextParams, List<Declared> classes) {

  /**
   * A servlet or a filter.
   *
   * @param isFilter which of the two
   * @param className empty if it has none
   * @param initParams values by name
   */
  record Declared(
      boolean isFilter, String name, String className, Map<String, String> initParams) {}

  /**
   * Reads a descriptor.
   *
   * @param file which need not be there
   * @throws IOException if it cannot be read; the message names the line
   */
  static WebXml read(Path file) throws IOException {
    Map<String, String> contextParams = new LinkedHashMap<>();
    List<Declared> declared = new ArrayList<>();
    if (Files.exists(file)) {
      for (Element element : children(parse(file))) {
        switch (element.getLocalName()) {
          case "context-param" -> addParam(element, contextParams);
          case "servlet" -> declared.add(declared(element, "servlet"));
          case "filter" -> declared.add(declared(element, "filter"));
          default -> {
            // Nothing that a program is made of.
          }
        }
      }
    }
    return new WebXml(contextParams, declared);
  }

  private static Element parse(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The default one prints.
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(in).getDocumentElement();
    } catch (SAXParseException e) {
      throw new IOException(
          file.getFileName() + ":" + e.getLineNumber() + ": " + e.getMessage(), e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(file.getFileName() + ": " + e, e);
    }
  }

  private static Declared declared(Element element, String kind) {
    Map<String, String> initParams = new LinkedHashMap<>();
    for (Element child : children(element)) {
      if (child.getLocalName().equals("init-param")) {
        addParam(child, initParams);
      }
    }
    return new Declared(
        kind.equals("filter"),
        text(element, kind + "-name"),
        text(element, kind + "-class"),
        initParams);
  }

  private static void addParam(Element element, Map<String, String> params) {
    params.put(text(element, "param-name"), text(element, "param-value"));
  }

  /** The text of a child; empty if there is none. */
  private static String text(Element element, String name) {
    for (Element child : children(element)) {
      if (child.getLocalName().equals(name)) {
        return child.getTextContent().strip();
      }
    }
    return "";
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
