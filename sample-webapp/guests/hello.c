/* A CGI program in C: greets, and shows that what a visitor sends cannot break out of the page. */
#include <stdio.h>
#include <stdlib.h>

static void print_escaped(const char *text) {
    for (const char *c = text; *c; c++) {
        switch (*c) {
        case '&': fputs("&amp;", stdout); break;
        case '<': fputs("&lt;", stdout); break;
        case '>': fputs("&gt;", stdout); break;
        case '"': fputs("&quot;", stdout); break;
        default: putchar(*c);
        }
    }
}

static void print_row(const char *name) {
    const char *value = getenv(name);
    printf("<tr><th scope=\"row\">%s</th><td>", name);
    if (value) {
        print_escaped(value);
    } else {
        fputs("<em>not set</em>", stdout);
    }
    puts("</td></tr>");
}

int main(void) {
    static const char *const shown[] = {"REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO",
                                        "QUERY_STRING", "HTTP_USER_AGENT", "SERVER_SOFTWARE"};
    const char *base = getenv("CONTEXT_PREFIX");
    fputs("Content-Type: text/html; charset=utf-8\n\n", stdout);
    puts("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width\"><title>Hello from C</title>");
    printf("<link rel=\"stylesheet\" href=\"%s/style.css\"><main><h1>Hello from C</h1>", base ? base : "");
    puts("<p>This page was written by a program of a few kilobytes, compiled with clang.</p><table>");
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        print_row(shown[i]);
    }
    printf("</table><p><a href=\"%s/\">All demos</a></p></main></html>\n", base ? base : "");
    return 0;
}
