# Strings: split, join, replace, format, slices, search, translate.
words = ["word%d" % (i * 37 % 1009) for i in range(6000)]
text = " ".join(words)
counts = {}
for word in text.split():
    counts[word] = counts.get(word, 0) + 1
lines = []
for i, (word, count) in enumerate(sorted(counts.items())):
    lines.append("{:>8}|{:<5}|{:05.1f}|{}".format(word, count, i / 3, word[::-1].upper()))
    lines.append(f"{word!r:12}{count:+d} {i:#06x} {word.title()}")
page = "\n".join(lines)
page = page.replace("word", "wörd").replace("|", " | ")
total = 0
for line in page.splitlines():
    total += line.find("ö") + line.count("d") + len(line.strip().partition(" ")[2])
rot = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
turned = page.translate(rot)
letters = 0
for character in page:
    if character.isalpha() and character.islower():
        letters += 1
built = ""
for i in range(8000):
    built += chr(97 + i % 26)
palindromes = sum(built[i : i + 5] == built[i : i + 5][::-1] for i in range(len(built)))
print(total, letters, len(turned), palindromes, page.encode()[100:120], built[-3:])
