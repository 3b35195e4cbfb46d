package org.wasmservlet.oci;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a registry says of an artifact: a manifest, which has layers, or an index, which has
 * manifests (OCI Image Specification). Immutable.
 */
final class Description {
  /** What manifests and indexes are asked for as. */
  static final String MEDIA_TYPES =
      String.join(
          ", ",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  /** What modules are kept as: CNCF's Wasm OCI artifact, and what came before it. */
  private static final Set<String> MODULES =
      Set.of("application/wasm", "application/vnd.wasm.content.layer.v1+wasm");

  private static final Set<String> WASM_ARCHITECTURES = Set.of("wasm", "wasm32");
  private static final int NAMED_AT_MOST = 8;
  private static final int LONGEST_NAME = 100;

  private final JsonObject json;

  private Description(JsonObject json) {
    this.json = json;
  }

  static Description read(byte[] content) throws IOException {
    JsonObject json = Json.object(content, "what the registry says of it");
    if (!json.has("layers") && !json.has("manifests")) {
      throw new IOException("what the registry says of it is neither a manifest nor an index");
    }
    return new Description(json);
  }

  boolean isIndex() {
    return json.has("manifests");
  }

  /**
   * The manifest that an index has for WebAssembly.
   *
   * @throws IOException if there is none, or more than one
   */
  Descriptor manifest() throws IOException {
    List<JsonObject> all = Json.objects(json, "manifests");
    List<JsonObject> found =
        all.size() == 1 ? all : all.stream().filter(Description::isForWasm).toList();
    if (found.size() != 1) {
      throw new IOException(
          "the index that the registry has there names "
              + (found.isEmpty() ? "no manifest" : found.size() + " manifests")
              + " for WebAssembly; it has "
              + named(all.stream().map(Description::platform).toList()));
    }
    return Descriptor.of(found.get(0));
  }

  private static boolean isForWasm(JsonObject manifest) {
    String architecture = Json.text(Json.member(manifest, "platform"), "architecture");
    return architecture != null && WASM_ARCHITECTURES.contains(architecture);
  }

  private static String platform(JsonObject manifest) {
    JsonObject platform = Json.member(manifest, "platform");
    return Json.text(platform, "os") + "/" + Json.text(platform, "architecture");
  }

  /**
   * The layer that is the module.
   *
   * @throws IOException if there is none, or more than one
   */
  Descriptor module() throws IOException {
    List<Descriptor> found = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (JsonObject each : Json.objects(json, "layers")) {
      Descriptor layer = Descriptor.of(each);
      if (MODULES.contains(layer.mediaType())) {
        found.add(layer);
      } else {
        others.add(layer.mediaType());
      }
    }
    if (found.size() > 1) {
      throw new IOException("has " + found.size() + " layers that are modules, and must have one");
    }
    if (found.isEmpty()) {
      throw new IOException(
          "has no layer that is a module (application/wasm), but "
              + named(others)
              + "; images of containers are not unpacked: push the .wasm file itself"
              + " (oras push REGISTRY/REPOSITORY:TAG FILE.wasm:application/wasm)");
    }
    return found.get(0);
  }

  /** What comes from a registry may be long. */
  private static String named(List<String> names) {
    Set<String> different = new TreeSet<>();
    for (String name : names) {
      different.add(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
    }
    int more = different.size() - NAMED_AT_MOST;
    return different.isEmpty()
        ? "none at all"
        : String.join(", ", different.stream().limit(NAMED_AT_MOST).toList())
            + (more > 0 ? " and " + more + " more" : "");
  }
}
