package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The list of versions that users import has every module that is released. */
class BillOfMaterialsTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final String BOM = "wasm-servlet-bom";
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  @Test
  void everyModuleThatIsReleasedIsInTheBillOfMaterials() throws Exception {
    List<String> released = new ArrayList<>();
    for (String module : texts(pom("."), "/project/modules/module")) {
      Document pom = pom(module);
      boolean kept = text(pom, "/project/properties/maven.deploy.skip").equals("true");
      if (!module.equals(BOM) && !kept) {
        released.add(text(pom, "/project/artifactId"));
      }
    }
    assertThat(texts(pom(BOM), "/project/dependencyManagement/dependencies/dependency/artifactId"))
        .containsExactlyInAnyOrderElementsOf(released);
  }

  @Test
  void whatIsNotReleasedIsNotSignedEither() throws Exception {
    for (String module : texts(pom("."), "/project/modules/module")) {
      Document pom = pom(module);
      assertThat(text(pom, "/project/properties/gpg.skip"))
          .as(module)
          .isEqualTo(text(pom, "/project/properties/maven.deploy.skip"));
    }
  }

  @Test
  void theBillOfMaterialsHasTheVersionOfTheProject() throws Exception {
    assertThat(text(pom(BOM), "/project/version")).isEqualTo(text(pom("."), "/project/version"));
  }

  @Test
  void theReadmeNamesTheVersionOfTheProject() throws Exception {
    assertThat(Files.readString(PROJECT.resolve("README.md")))
        .contains("<version>" + text(pom("."), "/project/version") + "</version>");
  }

  private static Document pom(String module) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(file(module).toFile());
  }

  private static Path file(String module) throws IOException {
    return PROJECT.resolve(module).resolve("pom.xml").toRealPath();
  }

  private static String text(Document pom, String path) throws Exception {
    return XPATH.evaluate(path, pom).strip();
  }

  private static List<String> texts(Document pom, String path) throws Exception {
    NodeList nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }
}
