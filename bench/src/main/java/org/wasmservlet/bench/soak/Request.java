package org.wasmservlet.bench.soak;

import java.io.IOException;
import java.util.Random;

/** What clients ask for, and what may come of it. */
enum Request {
  GOOD_PAGE(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      int size = random.nextInt(100_000);
      Client.Answer answer = Client.get(port, "/good?bytes&" + size);
      return answer.status() == 200 && answer.body().equals("x".repeat(size))
          ? null
          : describe(answer);
    }
  },
  GOOD_ECHO(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      String body = Long.toHexString(random.nextLong()).repeat(1 + random.nextInt(2000));
      Client.Answer answer = Client.post(port, "/good?echo", body);
      return answer.status() == 200 && answer.body().equals(body) ? null : describe(answer);
    }
  },
  GOOD_SLOW(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.Answer answer = Client.get(port, "/good?sleep&" + random.nextInt(50));
      return answer.body().equals("before\nafter\n") ? null : describe(answer);
    }
  },
  FROZEN_C(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      String query = Long.toHexString(random.nextLong());
      Client.Answer answer = Client.post(port, "/frozen?" + query, "body " + query);
      return answer.body().contains("requests=1\n")
              && answer.body().contains("version=1\n")
              && answer.body().endsWith("query=" + query + "\nbody=body " + query + "\n")
          ? null
          : describe(answer);
    }
  },
  FROZEN_PYTHON(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      return interpreted(port, "/python", random);
    }
  },
  FROZEN_RUBY(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      return interpreted(port, "/ruby", random);
    }
  },
  FROZEN_PHP(true) {
    @Override
    String fault(int port, Random random) throws IOException {
      return interpreted(port, "/php/app.php", random);
    }
  },
  TRAP(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      return unless(500, Client.get(port, "/other?trap"));
    }
  },
  EXIT(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      return unless(500, Client.get(port, "/other?exit&3"));
    }
  },
  SPIN(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      return unless(504, Client.get(port, "/late"));
    }
  },
  STACK(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      return unless(500, Client.get(port, "/hostile?dive"));
    }
  },
  ESCAPE(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.Answer answer =
          Client.get(port, "/hostile?paths&out/secret&secret&../outside/secret&out/new");
      return isRefused(answer) || answer.body().equals("done\n") ? null : describe(answer);
    }
  },
  MEMORY(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.Answer answer = Client.get(port, "/hostile?memory");
      // Pages that it got, if its time was not over before it could tell.
      String pages = answer.body().lines().findFirst().orElse("0 pages").replace(" pages", "");
      return isRefused(answer) || Integer.parseInt(pages) <= 1024 ? null : describe(answer);
    }
  },
  OUTPUT(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.Answer answer = Client.get(port, "/hostile?output");
      return answer.body().length() <= 1 << 20 ? null : describe(answer);
    }
  },
  DISK(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.Answer answer = Client.get(port, "/greedy?descriptors");
      return isRefused(answer) || answer.body().endsWith("done\n") ? null : describe(answer);
    }
  },
  GONE_BEFORE_THE_BODY(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.abandon(
          port, "POST /other?echo HTTP/1.1\r\nHost: soak\r\nContent-Length: 100\r\n\r\n1234", 0);
      return null;
    }
  },
  GONE_IN_THE_RESPONSE(false) {
    @Override
    String fault(int port, Random random) throws IOException {
      Client.abandon(port, "GET /other?forever HTTP/1.1\r\nHost: soak\r\n\r\n", 10_000);
      return null;
    }
  };

  private final boolean good;

  Request(boolean good) {
    this.good = good;
  }

  boolean isGood() {
    return good;
  }

  /** Asks, and says what is wrong with the answer, or null. */
  abstract String fault(int port, Random random) throws IOException;

  /** The first request that its program has seen, its query, and its body. */
  private static String interpreted(int port, String path, Random random) throws IOException {
    String query = Long.toHexString(random.nextLong());
    String body = query.repeat(1 + random.nextInt(500));
    Client.Answer answer = Client.post(port, path + "?" + query, body);
    return answer.status() == 200 && answer.body().equals("1 " + query + " " + body)
        ? null
        : describe(answer);
  }

  private static String unless(int status, Client.Answer answer) {
    return answer.status() == status || isRefused(answer) ? null : describe(answer);
  }

  /** There may be no room for a bad guest, or its time may be over before; that is no fault. */
  private static boolean isRefused(Client.Answer answer) {
    return answer.status() == 503 || answer.status() == 504;
  }

  private static String describe(Client.Answer answer) {
    String body = answer.body();
    return answer.status() + " " + body.substring(0, Math.min(200, body.length()));
  }
}
