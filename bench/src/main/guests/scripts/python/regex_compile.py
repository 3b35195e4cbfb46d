# Compiling regular expressions: the parser and compiler of `re` are Python.
import re

PATTERNS = [
    r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])",
    r"^[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}$",
    r"(?:https?|ftp)://[^\s/$.?#][^\s]*?(?=[,;.]?\s|$)",
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b",
    r"<(\w+)(?:\s+\w+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))*\s*/?>",
    r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?",
    r"(?x) ( \( [^()]* \) | \[ [^\[\]]* \] | \{ [^{}]* \} )+",
    r"(?s)/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\])*\"",
]
groups = 0
for i in range(10):
    for pattern in PATTERNS:
        re.purge()
        groups += re.compile(pattern + "x{%d}" % (i + 1)).groups
print(groups)
