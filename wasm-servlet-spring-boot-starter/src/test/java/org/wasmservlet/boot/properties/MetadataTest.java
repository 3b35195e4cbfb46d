package org.wasmservlet.boot.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.ClassPathResource;
import org.wasmservlet.directive.Directive;

/** What editors complete and explain. */
class MetadataTest {
  @ParameterizedTest
  @EnumSource(Directive.class)
  void everyDirectiveIsExplained(Directive directive) throws IOException {
    JsonNode property = properties().get("wasm.defaults." + PropertyOrigins.nameOf(directive));
    assertThat(property).isNotNull();
    assertThat(property.get("description").asText())
        .hasSizeGreaterThan(20)
        .doesNotContain("`", "](");
    assertThat(property.path("defaultValue").asText(null)).isEqualTo(directive.defaultValue());
    Class<?> type =
        BeanUtils.getPropertyDescriptor(RouteProperties.class, camelCase(directive))
            .getPropertyType();
    assertThat(property.get("type").asText()).startsWith(type.getName());
  }

  @Test
  void namesAPropertyForEverythingThatIsRead() throws IOException {
    List<String> read = new ArrayList<>();
    names(WasmProperties.class).map("wasm."::concat).forEach(read::add);
    names(WasmProperties.Defaults.class).map("wasm.defaults."::concat).forEach(read::add);
    read.remove("wasm.defaults");
    assertThat(properties().keySet().stream().filter(name -> name.startsWith("wasm.")))
        .containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void suggestsEveryPropertyOfARoute() {
    assertThat(PropertiesReader.OF_ROUTES)
        .containsExactlyInAnyOrderElementsOf(names(RouteProperties.class).toList());
    assertThat(PropertiesReader.OF_THE_APPLICATION)
        .containsExactlyInAnyOrderElementsOf(names(WasmProperties.class).toList());
  }

  private static Stream<String> names(Class<?> bean) {
    return Stream.of(BeanUtils.getPropertyDescriptors(bean))
        .map(property -> DataObjectPropertyName.toDashedForm(property.getName()))
        .filter(name -> !name.equals("class"));
  }

  private static String camelCase(Directive directive) {
    StringBuilder name = new StringBuilder();
    for (String word : PropertyOrigins.nameOf(directive).split("-")) {
      name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase() + word.substring(1));
    }
    return name.toString();
  }

  private static Map<String, JsonNode> properties() throws IOException {
    JsonNode metadata =
        new ObjectMapper()
            .readTree(
                new ClassPathResource("META-INF/spring-configuration-metadata.json")
                    .getInputStream());
    Map<String, JsonNode> properties = new HashMap<>();
    for (JsonNode property : metadata.get("properties")) {
      assertThat(properties.put(property.get("name").asText(), property)).isNull();
    }
    return properties;
  }
}
