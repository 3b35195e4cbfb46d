# A template and a POST form: says back what was written, counted.
require "erb"
require "cgi/util"

include ERB::Util

env = ENV.to_h
form = {}
if env["REQUEST_METHOD"] == "POST"
  body = $stdin.read(env["CONTENT_LENGTH"].to_i).to_s
  form = body.split("&").to_h { |pair| pair.split("=", 2).map { |part| CGI.unescape(part.to_s) } }
end
message = form["message"]&.scrub
words = message ? message.scan(/\S+/).tally.sort_by { |word, count| [-count, word] } : []
root = env["CONTEXT_PREFIX"]

$stdout.binmode
print "Content-Type: text/html; charset=utf-8\r\n\r\n"
print ERB.new(File.read(File.join(__dir__, "guestbook.erb"), encoding: "UTF-8"), trim_mode: "-").result(binding)
