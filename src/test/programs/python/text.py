"""Text, patterns, formats of data: what the library does."""
import base64
import binascii
import calendar
import csv
import datetime
import difflib
import hashlib
import hmac
import html
import io
import json
import pickle
import re
import string
import struct
import textwrap
import unicodedata
import urllib.parse
import zlib
from xml.etree import ElementTree

text = "The quick brown fox jumps over the lazy dog"
print(text.title().swapcase(), text[::-1], text.split("o"), text.center(50, "*"), text.encode("utf-16-be").hex()[:40])
for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"):
    print(name, hashlib.new(name, text.encode()).hexdigest()[:32], hmac.new(b"key", text.encode(), name).hexdigest()[:16])
print(zlib.crc32(text.encode()), zlib.adler32(text.encode()), zlib.compress(text.encode() * 20, 9).hex())
print(zlib.decompress(zlib.compress(bytes(range(256)) * 40)) == bytes(range(256)) * 40, binascii.crc_hqx(b"wasm", 0))
print(base64.b85encode(text.encode()), base64.b32encode(b"wasm"), struct.pack("<bHiqfd", -1, 2, -3, 4, 1.5, -0.1).hex())
print(re.findall(r"(?P<first>\b\w)(\w*?)(?=o|\s)", text), re.sub(r"(\w+) (\w+)", r"\2 \1", text), re.split(r"\W+|(o)", text, 4))
print(re.fullmatch(r"(a|ab)(c|bcd)(d*)", "abcd").groups(), re.sub("é", "E", "café", flags=re.I), bool(re.match(r"(?:a+)+$", "a" * 20 + "b")))
print([unicodedata.normalize(form, "ﬁancé Å") for form in ("NFC", "NFD", "NFKC")], unicodedata.name("€"), "straße".upper(), "İ".lower().encode(), "ǆ".title())
print(textwrap.fill(text * 2, 30, initial_indent="* ", subsequent_indent="  "), textwrap.shorten(text, 20))
print("\n".join(difflib.unified_diff("one two three".split(), "one 2 three four".split(), "a", "b", lineterm="")))
print(json.dumps({"a": [1.0, None, True, "é\n"], "b": {"c": 1e-7, "d": 10**20}}, indent=1, sort_keys=True), json.loads('[1, 2.5, "\\ud83d\\ude00", -0.0]'))
try:
    json.loads('{"a": [1, 2,]}')
except json.JSONDecodeError as error:
    print(error)
out = io.StringIO()
csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerows([["a,b", 1, 2.5], ['q"q', "line\nbreak", -1]])
print(out.getvalue(), list(csv.DictReader(io.StringIO("x,y\n1,2\n3,4"))))
data = {"list": [1, (2, 3)], "set": frozenset("ab"), "date": datetime.date(2024, 2, 29), "bytes": bytes(range(5))}
print(pickle.loads(pickle.dumps(data, 5))["date"], pickle.dumps([1, "x", (2.5, None)], 4).hex())
tree = ElementTree.fromstring('<r><a k="1&amp;2">x<b/>tail</a><a k="3"/></r>')
print([(a.get("k"), a.text, len(a)) for a in tree.iter("a")], ElementTree.tostring(tree), html.escape('<a href="x">'), html.unescape("&eacute;&#8364;"))
print(urllib.parse.urlsplit("http://u:p@host:81/p/a?q=1&r=%20x#f"), urllib.parse.quote("é /?"), urllib.parse.parse_qs("a=1&a=2&b="))
when = datetime.datetime(2024, 2, 29, 23, 59, 59, 250000, datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
print(when.isoformat(), when.astimezone(datetime.timezone.utc), when + datetime.timedelta(days=366), when.strftime("%a %d %b %Y %H:%M:%S %j %U"), when.timestamp(), when.isocalendar())
print(calendar.month(2024, 2), string.Template("$x and ${y}").substitute(x=1, y=2), "{0:>8}|{1!r:<6}|{2:^+9.2f}|{k[1]}".format("r", "x", 3.14159, k=[1, 2]))
