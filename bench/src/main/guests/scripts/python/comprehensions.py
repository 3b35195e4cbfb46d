# Comprehensions of lists, sets and dictionaries over small objects.
class Widget:
    def __init__(self, ident, owner, kind, size):
        self.ident = ident
        self.owner = owner
        self.kind = kind
        self.size = size

    @property
    def large(self):
        return self.size > 50


widgets = [Widget(i, "owner%d" % (i % 13), i % 4, i * 37 % 101) for i in range(900)]
total = 0
for _ in range(70):
    large = [w.ident for w in widgets if w.large]
    kinds = {w.kind for w in widgets}
    by_owner = {o: [w for w in widgets[:130] if w.owner == o] for o in ["owner%d" % i for i in range(5)]}
    pairs = [(a, b) for a in large[:25] for b in range(a % 20)]
    total += len(large) + len(kinds) + sum(map(len, by_owner.values())) + len(pairs)
    total += any(w.size == 1000 for w in widgets) + all(w.kind < 4 for w in widgets)
print(total)
