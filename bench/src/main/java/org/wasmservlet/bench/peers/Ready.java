package org.wasmservlet.bench.peers;

/**
 * What loading the module cost a peer.
 *
 * @param wallNanos from the call to the module that can be instantiated
 * @param cpuNanos of all threads of the process in that time
 * @param heapBytes of the Java heap kept by it; -1 where there is none
 */
public record Ready(long wallNanos, long cpuNanos, long heapBytes) {
  private static final String WORD = "ready ";

  static boolean is(String line) {
    return line != null && line.startsWith(WORD);
  }

  static Ready parse(String line) {
    String[] words = line.substring(WORD.length()).split(" ");
    return new Ready(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  @Override
  public String toString() {
    return WORD + wallNanos + " " + cpuNanos + " " + heapBytes;
  }
}
