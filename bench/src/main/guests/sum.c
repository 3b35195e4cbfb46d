struct point {
  int x, y;
  double weight;
};

static int gcd(int a, int b) { return b == 0 ? a : gcd(b, a % b); }

double weigh(const struct point *points, int count) {
  double sum = 0;
  for (int i = 0; i < count; i++) {
    if (gcd(points[i].x, points[i].y) == 1) {
      sum += points[i].weight * points[i].x;
    }
  }
  return sum;
}

unsigned long long mix(unsigned long long h, const char *text) {
  while (*text) {
    h = (h ^ (unsigned char)*text++) * 1099511628211ull;
  }
  return h;
}
