# A template engine that compiles to Python source, and pages made by it.
import html
import re

TEMPLATE = """<h1>{{ title }}</h1>
<table>{% for row in rows %}
<tr class="{% if row.n % 2 %}odd{% else %}even{% endif %}">{% for cell in row.cells %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}
</table>"""


def compiled(source):
    lines = ["def render(title, rows, escape, out):"]
    depth = 1
    for part in re.split(r"({{.*?}}|{%.*?%})", source):
        if part.startswith("{{"):
            lines.append("    " * depth + "out.append(escape(str(%s)))" % part[2:-2].strip())
        elif part.startswith("{%"):
            words = part[2:-2].strip()
            if words.startswith("end"):
                depth -= 1
                continue
            if words == "else":
                depth -= 1
            lines.append("    " * depth + words + ":")
            depth += 1
        elif part:
            lines.append("    " * depth + "out.append(%r)" % part)
    scope = {}
    exec("\n".join(lines), scope)
    return scope["render"]


class Row:
    def __init__(self, n):
        self.n = n
        self.cells = ["%d & <%d>" % (n, n * i) for i in range(9)]


total = 0
render = compiled(TEMPLATE)
rows = [Row(n) for n in range(60)]
for page in range(30):
    out = []
    render("Page %d" % page, rows, html.escape, out)
    total += len("".join(out))
print(total)
