# Regular expressions: groups, alternatives, repetition, replacement, backtracking.
import re

LINES = [
    '%d.%d.%d.%d - user%d [%02d/Nov/2023:10:%02d:00] "GET /page/%d?id=%d&name=n%d HTTP/1.1" %d %d'
    % (i % 200, i % 7, i % 13, i % 251, i % 11, i % 28, i % 60, i, i * 7, i % 5, 200 + i % 4, i * 31)
    for i in range(700)
]
LOG = re.compile(
    r'^(?P<ip>\d+(?:\.\d+){3}) - (?P<user>\w+) \[(?P<when>[^\]]+)\] "(?P<what>GET|POST) '
    r'(?P<path>[^ ?]+)(?:\?(?P<query>\S*))? HTTP/[\d.]+" (?P<status>\d{3}) (?P<size>\d+)$'
)
WORD = re.compile(r"(?i)\b([a-z])([a-z]*)\b")
PAIR = re.compile(r"(\w+)=(\w+)")

users = {}
size = 0
for line in LINES:
    match = LOG.match(line)
    users[match["user"]] = users.get(match["user"], 0) + 1
    size += int(match["size"]) + len(PAIR.findall(match["query"]))
text = " ".join(LINES)
swapped = WORD.sub(lambda m: m[2] + m[1].upper(), text)
dates = re.findall(r"\d\d/(?:Nov|Dec)/(\d{4})(?::\d\d)+", text)
sequence = "".join("acgt"[(i * i * 7 + i // 3) % 4] for i in range(15000))
found = [
    len(re.findall(p, sequence))
    for p in ("agggtaaa|tttaccct", "[cgt]gggtaaa|tttaccc[acg]", "a[act]ggt|acc[agt]t", "(?:ac)+g", "c.{1,4}?a")
]
slow = sum(re.match(r"(a|ab)*c", "ab" * n + "d") is None for n in range(60))
print(users, size, len(dates), sum(map(ord, swapped)), found, slow)
