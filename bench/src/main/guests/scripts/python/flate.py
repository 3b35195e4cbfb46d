# A compressor and decompressor in Python: bits, Huffman trees, bytes.
from heapq import heapify, heappop, heappush

text = b"".join(b"line %d of a text that repeats itself, line by line\n" % (i * i % 97) for i in range(120))


def codes(data):
    counts = {}
    for byte in data:
        counts[byte] = counts.get(byte, 0) + 1
    heap = [(n, byte, byte) for byte, n in counts.items()]
    heapify(heap)
    number = 256
    while len(heap) > 1:
        a, b = heappop(heap), heappop(heap)
        heappush(heap, (a[0] + b[0], number, (a[2], b[2])))
        number += 1
    table = {}
    todo = [(heap[0][2], "")]
    while todo:
        node, code = todo.pop()
        if isinstance(node, tuple):
            todo.append((node[0], code + "0"))
            todo.append((node[1], code + "1"))
        else:
            table[node] = code
    return table


class Writer:
    def __init__(self):
        self.out = bytearray()
        self.bits = self.count = 0

    def write(self, code):
        for bit in code:
            self.bits = self.bits << 1 | (bit == "1")
            self.count += 1
            if self.count == 8:
                self.out.append(self.bits)
                self.bits = self.count = 0


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0
        self.left = 0
        self.byte = 0

    def bit(self):
        if not self.left:
            self.byte = self.data[self.at]
            self.at += 1
            self.left = 8
        self.left -= 1
        return self.byte >> self.left & 1


table = codes(text)
writer = Writer()
for byte in text:
    writer.write(table[byte])
writer.write("0" * 7)
back = {code: byte for byte, code in table.items()}
reader = Reader(writer.out)
result = bytearray()
code = ""
while len(result) < len(text):
    code += "01"[reader.bit()]
    if code in back:
        result.append(back[code])
        code = ""
print(len(text), len(writer.out), result == text)
