package org.wasmservlet.bench.server;

import java.util.Map;
import java.util.Set;

/**
 * CPU time of a system and of the machine up to a moment, in the kernel's ticks.
 *
 * @param machine all processors but idle
 * @param byProcess of each process that lives, with its children that it has waited for
 * @param members the system's processes
 */
record CpuUsage(long machine, Map<Long, Long> byProcess, Set<Long> members) {
  /** The kernel tells times in hundredths of a second, whatever its own clock. */
  private static final double TICKS_PER_SECOND = 100;

  /**
   * What the system's processes have used meanwhile, in seconds. Processes that have ended count
   * with the parent that waited for them.
   */
  double secondsSince(CpuUsage before) {
    return ticksSince(before, true) / TICKS_PER_SECOND;
  }

  /**
   * The same of a system that does not wait for its children, as mod_cgid: what the machine has
   * used, without all other processes. It takes a quiet machine.
   */
  double secondsOfMachineSince(CpuUsage before) {
    return Math.max(0, machine - before.machine - ticksSince(before, false)) / TICKS_PER_SECOND;
  }

  private long ticksSince(CpuUsage before, boolean ofMembers) {
    return byProcess.entrySet().stream()
        .filter(process -> members.contains(process.getKey()) == ofMembers)
        .mapToLong(
            process -> process.getValue() - before.byProcess.getOrDefault(process.getKey(), 0L))
        .sum();
  }
}
