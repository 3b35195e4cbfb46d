# Pickle's Python code, and copies of deep structures.
import copy
import io
import pickle


class Node:
    def __init__(self, name, children):
        self.name = name
        self.children = children


def tree(depth, name="n"):
    return Node(name, [tree(depth - 1, name + str(i)) for i in range(3)] if depth else [])


data = {
    "numbers": [i * i for i in range(500)],
    "texts": tuple("text %d" % (i % 50) for i in range(300)),
    "floats": [i / 3 for i in range(200)],
    "mixed": [{"k%d" % i: (i, str(i), None, {i, i + 1})} for i in range(150)],
    "tree": tree(4),
}
for protocol in (2, 4):
    out = io.BytesIO()
    pickle._Pickler(out, protocol).dump(data)
    back = pickle._Unpickler(io.BytesIO(out.getvalue())).load()
    print(len(out.getvalue()), back["mixed"] == data["mixed"], back["tree"].children[2].name)
twin = copy.deepcopy(data)
print(twin["numbers"] == data["numbers"], twin["tree"] is not data["tree"])
