/* A CGI program that answers with a megabyte of text. */
#include <stdio.h>
#include <string.h>

int main(void) {
    static const char line[] = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWX\n";
    static char block[65536];
    for (size_t i = 0; i < sizeof block; i += 64) {
        memcpy(block + i, line, 64);
    }
    fputs("Content-Type: text/plain\n\n", stdout);
    for (int i = 0; i < 16; i++) {
        fwrite(block, 1, sizeof block, stdout);
    }
    return 0;
}
