package org.wasmservlet.bench.server;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The systems, in the order of the tables. */
enum Kind {
  TOMCAT("tomcat", "wasm-servlet on Tomcat 11"),
  TOMCAT_VIRTUAL("tomcat-virtual", "wasm-servlet on Tomcat 11, virtual threads"),
  TOMCAT_FROZEN("tomcat-frozen", "wasm-servlet on Tomcat 11, programs started once"),
  JETTY("jetty", "wasm-servlet on Jetty 12"),
  MOD_WASM("mod_wasm", "mod_wasm on httpd"),
  CGI("httpd-cgi", "native programs, mod_cgid on httpd"),
  CGI_BARE("httpd-cgi-bare", "the same, php-cgi without its extensions"),
  FPM("httpd-fpm", "php-fpm behind httpd");

  final String word;
  final String title;

  Kind(String word, String title) {
    this.word = word;
    this.title = title;
  }

  static Kind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no system '"
                        + word
                        + "'; there are "
                        + Arrays.stream(values()).map(kind -> kind.word).toList()));
  }

  boolean isOurs() {
    return this == TOMCAT || this == TOMCAT_VIRTUAL || this == TOMCAT_FROZEN || this == JETTY;
  }

  /** Whether its processes of one request end without a parent that waits for them. */
  boolean losesChildren() {
    return this == CGI || this == CGI_BARE;
  }

  /** What it can be asked for. */
  Set<Program> programs() {
    EnumSet<Program> wordPress = EnumSet.range(Program.WP_FRONT, Program.WP_LOGIN);
    EnumSet<Program> programs =
        switch (this) {
          case TOMCAT -> EnumSet.allOf(Program.class);
          case TOMCAT_VIRTUAL, JETTY -> EnumSet.range(Program.PHP, Program.PLAIN);
          case TOMCAT_FROZEN -> EnumSet.range(Program.PHP, Program.DJANGO);
          case FPM, CGI_BARE -> EnumSet.of(Program.PHP);
          default -> EnumSet.range(Program.PHP, Program.UPLOAD);
        };
    if (!isOurs()) {
      programs.remove(Program.RUBY);
    }
    if (this == MOD_WASM) {
      programs.removeIf(Program::isFramework);
    }
    programs.removeAll(wordPress);
    if (this == TOMCAT || this == TOMCAT_FROZEN || this == CGI || this == FPM) {
      programs.addAll(wordPress);
    }
    return programs;
  }

  /** Why the machine does not have it, or null if it does. */
  String missing(Options options) {
    if (this == MOD_WASM && options.modWasm() == null) {
      return "-Dmod_wasm= does not say where mod_wasm.so is";
    }
    if (this == TOMCAT_VIRTUAL && Runtime.version().feature() < 21) {
      return "virtual threads came with JDK 21";
    }
    return null;
  }

  /** Those that are wanted and there. */
  static List<Kind> wanted(Options options) {
    List<Kind> kinds =
        options.systems().isEmpty()
            ? List.of(values())
            : options.systems().stream().map(Kind::of).toList();
    kinds.stream()
        .filter(kind -> kind.missing(options) != null)
        .forEach(kind -> System.out.println("without " + kind.word + ": " + kind.missing(options)));
    return kinds.stream().filter(kind -> kind.missing(options) == null).toList();
  }
}
