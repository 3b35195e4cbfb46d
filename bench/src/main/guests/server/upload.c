/* A CGI program that reads all that it is sent, and answers with how much it was and a sum over it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    static char block[65536];
    uint64_t length = 0;
    uint64_t sum = 0;
    size_t n;
    while ((n = fread(block, 1, sizeof block, stdin)) > 0) {
        memset(block + n, 0, (8 - n % 8) % 8);
        for (size_t i = 0; i < n; i += 8) {
            uint64_t word;
            memcpy(&word, block + i, 8);
            sum += word;
        }
        length += n;
    }
    printf("Content-Type: text/plain\n\n%" PRIu64 " bytes, sum %" PRIx64 "\n", length, sum);
    return 0;
}
