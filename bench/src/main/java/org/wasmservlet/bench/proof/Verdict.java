package org.wasmservlet.bench.proof;

/** What was found of a program. */
enum Verdict {
  /** The same bytes, and the same end. */
  SAME,
  /** The same, but it did not get as far as what it tests. */
  EMPTY,
  /** Other bytes, or another end, and so again when both ran it again. */
  DIFFERENT,
  /** One of the two differs from itself: clocks, random numbers. */
  UNREPEATABLE,
  /** It could not be frozen. */
  NOT_FROZEN,
  /** One of the two was stopped. */
  LATE,
  /** The program says that it cannot be here. */
  SKIPPED
}
