package org.wasmservlet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A request is the records that the FastCGI specification says. */
class FastCgiInputTest {
  private static final int BEGIN_REQUEST = 1;
  private static final int PARAMS = 4;
  private static final int STDIN = 5;

  private record Found(int type, byte[] content) {}

  @Test
  void isABeginningTheVariablesAndNoBody() throws IOException {
    FastCgiInput input =
        FastCgiInput.of(Map.of("NAME", "value"), InputStream.nullInputStream(), false);
    assertThat(input.available()).isPositive();
    List<Found> records = records(input);
    assertThat(records).extracting(Found::type).containsExactly(1, 4, 4, 5);
    assertThat(records.get(0).content()).isEqualTo(new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
    assertThat(new String(records.get(1).content(), ISO_8859_1)).isEqualTo("\4\5NAMEvalue");
    assertThat(records.get(2).content()).isEmpty();
    assertThat(records.get(3).content()).isEmpty();
    assertThat(input.available()).isZero();
  }

  @Test
  void writesLongLengthsInFourBytes() throws IOException {
    String value = "v".repeat(200);
    List<Found> records =
        records(FastCgiInput.of(Map.of("N", value), InputStream.nullInputStream(), false));
    assertThat(new String(records.get(1).content(), ISO_8859_1))
        .isEqualTo("\1\u0080\0\0\u00c8N" + value);
  }

  @Test
  void dividesNoPairThatFitsIntoARecord() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      variables.put("NAME_" + i, "x".repeat(3000 + i));
    }
    List<Found> records = records(FastCgiInput.of(variables, InputStream.nullInputStream(), false));
    Map<String, String> read = new LinkedHashMap<>();
    int full = 0;
    for (Found record : records) {
      if (record.type() == PARAMS && record.content().length > 0) {
        full++;
        read.putAll(pairs(record.content()));
      }
    }
    assertThat(full).isEqualTo(2);
    assertThat(read).isEqualTo(variables);
  }

  @Test
  void dividesAPairThatFitsIntoNone() throws IOException {
    String value = "x".repeat(200_000);
    List<Found> records =
        records(FastCgiInput.of(Map.of("N", value), InputStream.nullInputStream(), false));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Found record : records) {
      if (record.type() == PARAMS) {
        all.writeBytes(record.content());
      }
    }
    assertThat(pairs(all.toByteArray())).isEqualTo(Map.of("N", value));
  }

  @Test
  void givesTheBodyAsItComesAndItsEnd() throws IOException {
    byte[] body = new byte[100_000];
    new Random(1).nextBytes(body);
    List<Found> records = records(FastCgiInput.of(Map.of(), new ByteArrayInputStream(body), true));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Found record : records) {
      if (record.type() == STDIN) {
        all.writeBytes(record.content());
      }
    }
    assertThat(all.toByteArray()).isEqualTo(body);
    assertThat(records.get(0).type()).isEqualTo(BEGIN_REQUEST);
    assertThat(records.get(records.size() - 1)).extracting(Found::type).isEqualTo(STDIN);
    assertThat(records.get(records.size() - 1).content()).isEmpty();
    assertThat(records.stream().filter(r -> r.content().length == 0 && r.type() == STDIN))
        .hasSize(1);
  }

  @Test
  void asksForTheBodyNoSoonerThanTheProgramDoes() throws IOException {
    InputStream untouched =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("read");
          }
        };
    FastCgiInput input = FastCgiInput.of(Map.of("NAME", "value"), untouched, true);
    int beginning = 16 + 8 + 11 + 8;
    assertThat(input.readNBytes(beginning)).hasSize(beginning);
  }

  private static List<Found> records(InputStream input) throws IOException {
    List<Found> records = new ArrayList<>();
    DataInputStream data = new DataInputStream(input);
    for (int version = data.read(); version >= 0; version = data.read()) {
      assertThat(version).isEqualTo(1);
      int type = data.readUnsignedByte();
      assertThat(data.readUnsignedShort()).as("the request's number").isEqualTo(1);
      int length = data.readUnsignedShort();
      int padding = data.readUnsignedByte();
      data.readByte();
      byte[] content = data.readNBytes(length);
      assertThat(content).hasSize(length);
      data.skipNBytes(padding);
      records.add(new Found(type, content));
    }
    return records;
  }

  private static Map<String, String> pairs(byte[] content) throws IOException {
    Map<String, String> pairs = new LinkedHashMap<>();
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(content));
    while (data.available() > 0) {
      int name = length(data);
      int value = length(data);
      pairs.put(
          new String(data.readNBytes(name), ISO_8859_1),
          new String(data.readNBytes(value), ISO_8859_1));
    }
    return pairs;
  }

  private static int length(DataInputStream data) throws IOException {
    int first = data.readUnsignedByte();
    return first < 128
        ? first
        : (first & 0x7f) << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
  }
}
