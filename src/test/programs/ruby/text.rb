# Strings, patterns, encodings, formats: what C code does byte by byte.
text = "The quick brown fox jumps over the lazy dog"
puts text.reverse, text.swapcase, text.center(50, "*"), text.tr("a-y", "b-z"), text.squeeze("o"), text.delete("aeiou"), text.scan(/o./).inspect, text.sum, text.crypt("ab"), text.unpack1("H*")
puts text.split.map(&:capitalize).join(" "), text.each_char.select { |c| c =~ /[aeiou]/ }.tally.inspect, text[4, 5], text[-3..], text[/q\w+/], text.index("o", 20), text.partition("fox").inspect, text.succ, "az".next, "Zz9".succ
printf("[%5d] [%-8s] [%08.3f] [%x] [%#o] [%b] [%e] [%+d] [%s] [%p] [%c] [%%] [%10.4s]\n", 42, "left", 3.14159, 255, 8, -5, 12345.678, 7, :sym, nil, 65, "truncated")
puts format("%<a>05.1f %{b}", a: 2.345, b: "named"), 1234567.to_s.reverse.scan(/\d{1,3}/).join(",").reverse, 1e20.to_i, 1e22, 1e15, 1e16, 123456789.123456789, 1.0e-5, 0.0001
p text.gsub(/(?<first>\b\w)(?<rest>\w*)/) { "#{$~[:rest]}#{$~[:first]}" }, text =~ /(?<=brown )f/, $~.pre_match, $1, "2024-02-29".match(/(\d+)-(\d+)-(\d+)/).captures, "aAbB".gsub(/[a-z]/i, "a" => "1", "B" => "2"), "foo bar".sub(/(?<x>o+)/, '<\k<x>>')
p "a1b22".gsub(/\d+/) { |d| (d.to_i * 2).to_s }, "x-y_z".split(/([-_])/), "aaa".gsub(/a*?/, "-"), "日本語" =~ /\p{Han}+/, "ab\ncd"[/^c.$/m], "foobar"[/foo(?!baz)/], "((a)(b))"[/\((?:[^()]|\g<0>)*\)/]
p "日本語テキスト".chars, "日本語".bytes.length, "é".unicode_normalize(:nfd).length, "ÀÉÎ".downcase, "straße".upcase, "ǆ".capitalize, "日本".encode("EUC-JP").bytes, "caf\xE9".force_encoding("ISO-8859-1").encode("UTF-8"), "abc\xff".scrub("?"), "\u{1F600}".dump, "é".inspect, "é".encode("UTF-16LE").unpack("v*")
p [1, 2.5, "x"].pack("NGa4").unpack("NGa4"), ["wasm"].pack("m0"), "d2FzbQ==".unpack1("m"), [1, -2].pack("s>l<").bytes, [300].pack("U"), ["616263"].pack("H*"), [1, 300, 70000].pack("w*").bytes
p "abc" <=> "abd", "a".eql?("a"), "abc".hash == "abc".hash, "a".ord, "%d%%" % 50, "abc" * 2, "a,b,,c,,".split(","), "a,b,,c,,".split(",", -1), " x ".strip, "xxhixx".delete_prefix("xx").delete_suffix("xx"), "hello world".casecmp?("HELLO WORLD"), "title case".gsub(/\b[a-z]/, &:upcase)
puts <<~HERE
  indented
    more #{1 + 1}
  end
HERE
p :"quoted sym", %q(single 'quoted'), %w[#{no} interpolation], ?c, "tab\tnew\\n", 'sq\n', "a" "b", "con\
tinued"
time = Time.at(1709251199, 250, :millisecond, in: "+05:30")
puts time.inspect, time.utc.strftime("%a %d %b %Y %H:%M:%S.%L %j %U %z %s %-d %^a"), (time + 86_400 * 366).year, Time.utc(2024, 2, 29).yday, Time.gm(2000, 1, 1) - Time.gm(1999, 12, 31), time.round.usec
p Marshal.load(Marshal.dump({ a: [1, 2.5, nil, "x", :y, 2**70, 1..3] })), Marshal.dump([1, "x", 1.5]).bytes.length
puts [0.1, 1.0, 1e-10, 100.0, 1.23456789012345e+25, 2.0**70].map(&:to_s).inspect, 12.34.divmod(5).inspect, 1_000.0.floor(-2), 0.1.rationalize(Rational(1, 100)), 3.14.to_r, 1e2.to_i, "0x1A".hex, "0b11".to_i(0), "12abc".to_i, "1e3".to_f, ".5".to_f
puts "sorted: " + %w[banana Apple cherry apple].sort.inspect + %w[banana Apple cherry].sort_by(&:downcase).inspect, %w[a b c d].each_slice(2).map(&:join).inspect, "abcdef".each_char.with_index.map { |c, i| c * i }.join
