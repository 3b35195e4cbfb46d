#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  char *copy = strdup("wasm");
  printf("%s %d %.3f %s\n", copy, argc, 3.14159, argc > 1 ? argv[1] : "none");
  free(copy);
  return 0;
}
