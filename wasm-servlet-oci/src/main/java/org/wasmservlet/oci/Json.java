package org.wasmservlet.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON that others have written. No message tells what is in it: there may be secrets. */
final class Json {
  private Json() {}

  /**
   * Reads an object.
   *
   * @param what it is, for messages
   * @throws IOException if it is none
   */
  static JsonObject object(byte[] text, String what) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(new String(text, UTF_8)));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement read = JsonParser.parseReader(reader);
      if (read.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
        return read.getAsJsonObject();
      }
    } catch (JsonParseException | IOException e) {
      // Not the cause: its message tells names that are in it.
      throw new IOException(what + " is not JSON");
    }
    throw new IOException(what + " is no JSON object");
  }

  /** A member that is text; null if it is not there, or no text. */
  static String text(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        ? value.getAsString()
        : null;
  }

  /** A member that is an object; an empty one if it is not there, or none. */
  static JsonObject member(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
  }

  /** The objects in a member that is a list; none if it is not there. */
  static List<JsonObject> objects(JsonObject object, String member) {
    List<JsonObject> found = new ArrayList<>();
    JsonElement list = object.get(member);
    if (list != null && list.isJsonArray()) {
      for (JsonElement each : list.getAsJsonArray()) {
        if (each.isJsonObject()) {
          found.add(each.getAsJsonObject());
        }
      }
    }
    return found;
  }
}
