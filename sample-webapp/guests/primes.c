/*
 * A program in C that is started once: it finds the prime numbers below ten million, and then asks for
 * a request, by SCGI on its standard input. Each request goes on from there with a copy of it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 10000000, PRIMES = 664579 };

static uint8_t composite[LIMIT];
static int32_t primes[PRIMES];

static void find_primes(void) {
    int found = 0;
    for (int64_t n = 2; n < LIMIT; n++) {
        if (!composite[n]) {
            primes[found++] = (int32_t)n;
            for (int64_t multiple = n * n; multiple < LIMIT; multiple += n) {
                composite[multiple] = 1;
            }
        }
    }
}

static int read_all(char *to, size_t length) {
    while (length > 0) {
        ssize_t more = read(0, to, length);
        if (more <= 0) {
            return 0;
        }
        to += more;
        length -= (size_t)more;
    }
    return 1;
}

/* Reads a netstring of names and values, each of which ends with a NUL, into the environment. */
static int read_request(void) {
    size_t length = 0;
    char digit;
    while (read_all(&digit, 1) && digit != ':') {
        length = length * 10 + (size_t)(digit - '0');
    }
    char *pairs = malloc(length + 1);
    if (!pairs || !read_all(pairs, length + 1) || pairs[length] != ',') {
        return 0;
    }
    for (char *name = pairs; name < pairs + length;) {
        char *value = name + strlen(name) + 1;
        setenv(name, value, 0);
        name = value + strlen(value) + 1;
    }
    return 1;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static int count_up_to(int64_t n) {
    int low = 0;
    int high = PRIMES;
    while (low < high) {
        int middle = (low + high) / 2;
        if (primes[middle] <= n) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int main(void) {
    find_primes();
    /* Here it is frozen. */
    if (!read_request()) {
        fputs("no request\n", stderr);
        return 1;
    }
    int64_t begun = now();
    const char *query = getenv("QUERY_STRING");
    const char *root = getenv("CONTEXT_PREFIX");
    long n = query && !strncmp(query, "n=", 2) ? strtol(query + 2, NULL, 10) : 1000000;
    if (n < 0 || n >= LIMIT) {
        n = 1000000;
    }
    int count = count_up_to(n);
    root = root ? root : "";
    fputs("Content-Type: text/html; charset=utf-8\n\n<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width\"><title>C, started once</title>",
          stdout);
    printf("<link rel=\"icon\" href=\"%s/favicon.svg\"><link rel=\"stylesheet\" href=\"%s/style.css\"><main>"
           "<h1>C, started once</h1><p class=\"lead\">It found %d prime numbers before there was any request.</p>",
           root, root, PRIMES);
    printf("<p id=\"count\">There are <strong>%d</strong> prime numbers up to %ld.</p><form><label for=\"n\">Up to</label> "
           "<input id=\"n\" name=\"n\" type=\"number\" min=\"0\" max=\"%d\" value=\"%ld\"> <button>Count</button></form>",
           count, n, LIMIT - 1, n);
    printf("<p>C answered in <strong id=\"micros\">%lld</strong> microseconds.</p>"
           "<p><a href=\"%s/\">All demos</a></p></main></html>\n",
           (long long)(now() - begun), root);
    return 0;
}
