package org.wasmservlet.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What some processes and all their descendants use, by Linux's /proc (man 5 proc). */
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");

  // Of /proc/N/stat, behind the name in parentheses.
  private static final int PARENT = 1;
  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;

  /** Of the first line of /proc/stat: user, nice, system, irq, softirq. */
  private static final int[] BUSY = {1, 2, 3, 6, 7};

  private final List<Long> roots;

  ProcessTree(List<Long> roots) {
    this.roots = roots;
  }

  CpuUsage cpu() throws IOException {
    Map<Long, String[]> all = read();
    Map<Long, Long> byProcess = new HashMap<>();
    all.forEach((pid, stat) -> byProcess.put(pid, ticks(stat)));
    return new CpuUsage(busy(), byProcess, members(all));
  }

  /** Memory that they hold now, pages that they share counted once, in bytes. */
  long memory() throws IOException {
    long bytes = 0;
    for (long pid : members(read())) {
      bytes += proportionalSetSize(pid);
    }
    return bytes;
  }

  private static long ticks(String[] stat) {
    long ticks = 0;
    for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
      ticks += Long.parseLong(stat[i]);
    }
    return ticks;
  }

  private static long busy() throws IOException {
    String[] words = Files.readAllLines(PROC.resolve("stat")).get(0).split(" +");
    long ticks = 0;
    for (int i : BUSY) {
      ticks += Long.parseLong(words[i]);
    }
    return ticks;
  }

  private static Map<Long, String[]> read() throws IOException {
    Map<Long, String[]> all = new HashMap<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (Character.isDigit(name.charAt(0))) {
          String stat = readIfThere(entry.resolve("stat"));
          if (!stat.isEmpty()) {
            all.put(Long.valueOf(name), stat.substring(stat.lastIndexOf(')') + 2).split(" "));
          }
        }
      }
    }
    return all;
  }

  private Set<Long> members(Map<Long, String[]> all) {
    Set<Long> members = new HashSet<>(roots);
    members.retainAll(all.keySet());
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Map.Entry<Long, String[]> process : all.entrySet()) {
        if (members.contains(Long.valueOf(process.getValue()[PARENT]))) {
          grew |= members.add(process.getKey());
        }
      }
    }
    return members;
  }

  private static long proportionalSetSize(long pid) {
    return readIfThere(PROC.resolve(pid + "/smaps_rollup"))
        .lines()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  /** Processes come and go while their files are read. */
  private static String readIfThere(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
