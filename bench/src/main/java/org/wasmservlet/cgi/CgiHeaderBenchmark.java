package org.wasmservlet.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing the header of a CGI response, as php-cgi writes it with a session. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CgiHeaderBenchmark {
  private final byte[] header =
      ("X-Powered-By: PHP/8.2.0\r\n"
              + "Set-Cookie: PHPSESSID=0123456789abcdef0123456789; path=/\r\n"
              + "Expires: Thu, 19 Nov 1981 08:52:00 GMT\r\n"
              + "Cache-Control: no-store, no-cache, must-revalidate\r\n"
              + "Pragma: no-cache\r\n"
              + "Content-type: text/html; charset=UTF-8\r\n\r\n")
          .getBytes(ISO_8859_1);

  /** The header in one piece. */
  @Benchmark
  public Object parse() throws MalformedResponseException {
    CgiHeaderParser parser = new CgiHeaderParser();
    parser.feed(header, 0, header.length);
    return parser;
  }
}
