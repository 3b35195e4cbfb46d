package org.wasmservlet.compiler.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What wasmtime once said of the module of a seed, and of its mutation. It is kept as digests, so
 * that it can be asked where there is no wasmtime.
 *
 * @param module digest of the module, for the seed may come to make another one
 * @param behaviour digest of what the module did
 * @param mutation digest of the mutation
 * @param verdict {@code valid}, {@code invalid}, or {@code legacy} where it has exceptions that
 *     wasmtime does not know
 */
record Judgement(long seed, String module, String behaviour, String mutation, String verdict) {
  /** Of the resource; lines that begin with # say how it was made. */
  static final String RESOURCE = "judgements/wasmtime.txt";

  /** Bytes of a digest: chance does not make them alike. */
  private static final int DIGEST = 8;

  /** Reads all that are kept. */
  static List<Judgement> kept() throws IOException {
    try (InputStream in = Judgement.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("no resource " + RESOURCE);
      }
      return new BufferedReader(new InputStreamReader(in, UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Judgement::parse)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Asks wasmtime. */
  static Judgement of(Judge judge, long seed) throws IOException {
    RandomModule module = RandomModule.judged(seed, Palette.of(seed));
    byte[] binary = module.toBytes();
    judge.askWhatItDoes(module, seed, binary);
    String behaviour = digest(judge.answer());
    byte[] mutation = Mutation.of(seed);
    judge.askWhetherValid(mutation);
    String said = judge.answer().get(0);
    String verdict = said.contains("legacy") ? "legacy" : said.split("\\W", 2)[0];
    return new Judgement(seed, digest(binary), behaviour, digest(mutation), verdict);
  }

  private static Judgement parse(String line) {
    String[] words = line.split(" ");
    return new Judgement(Long.parseLong(words[0]), words[1], words[2], words[3], words[4]);
  }

  static String digest(List<String> lines) {
    return digest(String.join("\n", lines).getBytes(UTF_8));
  }

  static String digest(byte[] bytes) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(whole, 0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return seed + " " + module + " " + behaviour + " " + mutation + " " + verdict;
  }
}
