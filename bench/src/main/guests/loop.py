total = 0
table = {}
for i in range(300000):
    total = (total + i * 7) % 1000003
    table[i % 1000] = total
digest = 0
for i in range(20000):
    digest = (digest * 31 + hash(str(i * i).encode()) % 1 + hash(i * 2654435761)) & 0xFFFFFFFF
print(total, sum(table.values()), digest)
