package org.wasmservlet.oci;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import org.wasmservlet.core.reference.ContentDigest;

/**
 * What a description refers to (OCI Image Specification, "Content descriptors"). Immutable.
 *
 * @param mediaType its kind; empty if that is not said
 * @param digest by which it is had
 * @param size in bytes
 */
record Descriptor(String mediaType, ContentDigest digest, long size) {

  static Descriptor of(JsonObject object) throws IOException {
    String digest = Json.text(object, "digest");
    JsonElement size = object.get("size");
    if (digest == null || size == null || !size.isJsonPrimitive()) {
      throw new IOException("the registry refers to something without its digest or size");
    }
    String mediaType = Json.text(object, "mediaType");
    try {
      return new Descriptor(
          mediaType == null ? "" : mediaType,
          ContentDigest.parse(digest),
          size.getAsJsonPrimitive().getAsBigDecimal().longValueExact());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(
          "the registry refers to something by what cannot be compared: " + e.getMessage(), e);
    }
  }
}
