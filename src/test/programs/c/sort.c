// Recursion, pointers, structures, floating point, 64-bit arithmetic, switch, bit fields, variadics.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct node {
  struct node *left, *right;
  const char *key;
  double weight;
  unsigned flag : 3, level : 13;
};

static int compare(const char *a, const char *b) {
  while (*a && *a == *b) {
    a++;
    b++;
  }
  return (unsigned char)*a - (unsigned char)*b;
}

struct node *insert(struct node *root, struct node *new) {
  if (!root) return new;
  int order = compare(new->key, root->key);
  if (order < 0)
    root->left = insert(root->left, new);
  else
    root->right = insert(root->right, new);
  root->level = (root->level + 1) & 0x1fff;
  return root;
}

double sum(const struct node *n) {
  return n ? sum(n->left) + n->weight * n->flag + sum(n->right) : 0.0;
}

void quicksort(int *a, ptrdiff_t n) {
  while (n > 1) {
    int pivot = a[n / 2];
    ptrdiff_t i = 0, j = n - 1;
    for (;; i++, j--) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i >= j) break;
      int t = a[i];
      a[i] = a[j];
      a[j] = t;
    }
    quicksort(a, i);
    a += i;
    n -= i;
  }
}

uint64_t power(uint64_t base, uint64_t exponent, uint64_t modulus) {
  uint64_t result = 1;
  for (base %= modulus; exponent; exponent >>= 1) {
    if (exponent & 1) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}

long total(int count, ...) {
  va_list list;
  va_start(list, count);
  long sum = 0;
  while (count-- > 0) sum += va_arg(list, long);
  va_end(list);
  return sum;
}

const char *name(int month) {
  switch (month) {
    case 1: return "January";
    case 2: return "February";
    case 3: return "March";
    case 4: return "April";
    case 12: return "December";
    default: return month < 0 ? "before" : "after";
  }
}

float matrix[4][4] = {{1}};

void multiply(const float a[4][4], const float b[4][4]) {
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      float s = 0;
      for (int k = 0; k < 4; k++) s += a[i][k] * b[k][j];
      matrix[i][j] = s;
    }
}

static int add(int a, int b) { return a + b; }
static int shift(int a, int b) { return a << (b & 31); }
int (*operations[])(int, int) = {add, shift};

int apply(int which, int a, int b) { return operations[which](a, b); }

int main(void) {
  int numbers[] = {5, 3, 9, 1, 7};
  quicksort(numbers, 5);
  return apply(1, numbers[0], 3) + (int)total(2, 1L, 2L) + name(numbers[4] % 5)[0];
}
