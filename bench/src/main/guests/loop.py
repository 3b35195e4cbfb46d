total = 0
table = {}
for i in range(300000):
    total += i
    table[i & 1023] = total
digest = 0
for i in range(20000):
    digest ^= hash(i * 2654435761)
print(total, sum(table.values()), digest)
