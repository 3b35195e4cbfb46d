/*
 * A CGI program that makes one name lead to a file of its own and to a file outside in turn, for as
 * many milliseconds as its query string says, while clients ask for that name. Its directory, which
 * it may write, is /; it has the file "own". Prints how often.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const char OUTSIDE[] = "../../outside/secret.txt";

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int main(void) {
  const char *query = getenv("QUERY_STRING");
  long end = now() + (query ? atol(query) : 0);
  long swaps = 0;
  while (now() < end) {
    if (symlink(OUTSIDE, "/link") == 0 && rename("/link", "/name.txt") == 0 &&
        link("/own", "/file") == 0 && rename("/file", "/name.txt") == 0) {
      swaps++;
    }
  }
  printf("Content-Type: text/plain\n\nswaps=%ld\n", swaps);
  return 0;
}
