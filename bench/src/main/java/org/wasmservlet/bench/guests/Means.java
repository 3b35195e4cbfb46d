package org.wasmservlet.bench.guests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasmservlet.bench.peers.PeerKind;

/**
 * What a language's scripts take beside a peer.
 *
 * @param count of the scripts that both ran
 * @param mean the geometric mean of ours ÷ theirs
 * @param most the largest of these
 * @param worst its script
 */
record Means(String language, PeerKind peer, int count, double mean, double most, String worst) {

  /** By language and peer. */
  static List<Means> of(List<Row> rows, List<PeerKind> peers) {
    Map<String, List<Row>> languages = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.program().isOfSet() && row.hasEndedWell()) {
        languages.computeIfAbsent(row.program().language(), l -> new ArrayList<>()).add(row);
      }
    }
    List<Means> means = new ArrayList<>();
    languages.forEach(
        (language, scripts) -> {
          for (PeerKind peer : peers) {
            if (peer != PeerKind.OURS) {
              add(language, peer, scripts, means);
            }
          }
        });
    return means;
  }

  private static void add(String language, PeerKind peer, List<Row> scripts, List<Means> means) {
    int count = 0;
    double logarithms = 0;
    double most = 0;
    String worst = "";
    for (Row row : scripts) {
      double ratio = row.median(PeerKind.OURS) / row.median(peer);
      if (Double.isNaN(ratio)) {
        continue;
      }
      count++;
      logarithms += Math.log(ratio);
      if (ratio > most) {
        most = ratio;
        worst = row.program().name();
      }
    }
    if (count > 0) {
      means.add(new Means(language, peer, count, Math.exp(logarithms / count), most, worst));
    }
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %.2f | %.2f | %s |",
        language,
        count,
        peer,
        mean,
        most,
        worst);
  }
}
