# Each path tries out something of Rack's specification; Lint looks on.
require "digest"
require "json"
require_relative "lint"

puts "printed while it was loaded"

TEXT = { "content-type" => "text/plain; charset=utf-8" }.freeze

OK = ->(*parts) { [200, TEXT, parts] }

# It answers with the name that it was given, before the application's own.
class Named
  def initialize(application, name, suffix:, &block)
    @application = application
    @name = name + suffix + block.call
  end

  def call(env)
    status, headers, body = @application.call(env)
    [status, headers.merge("x-named" => @name), body]
  end
end

# A body that tells when it is closed, and fails on the way if it is to.
class Parts
  def initialize(env, *parts)
    @errors = env["rack.errors"]
    @parts = parts
  end

  def each
    @parts.each do |part|
      raise KeyError, "within the body" unless part

      yield part
    end
  end

  def close
    @errors.puts("closed by the server")
  end
end

# A body that says where it is.
class InFile
  def to_path = File.join(__dir__, "lint.rb")
  def each = raise("to_path is there")
end

SEEN = []

PAGES = {
  "counts" => lambda do |_|
    # No request sees what another one has left behind.
    SEEN << 1
    ENV["SEEN"] = "#{ENV["SEEN"]}x"
    OK.([SEEN.size, ENV["SEEN"]].inspect)
  end,
  "environment" => lambda do |env|
    strings = env.select { |_, value| value.is_a?(String) }
    OK.(JSON.generate(strings.transform_values { |value| value.dup.force_encoding("UTF-8").scrub }))
  end,
  "process" => lambda do |_|
    OK.(JSON.generate(
      "variables" => ENV.keys & %w[REQUEST_METHOD SERVER_NAME HTTP_HOST],
      "OF_THE_ROUTE" => ENV["OF_THE_ROUTE"],
      "argv" => ARGV, "directory" => Dir.pwd, "encoding" => Encoding.default_external,
      "top level" => Object.const_defined?(:PAGES), "file" => __FILE__
    ))
  end,
  "body" => lambda do |env|
    digest = Digest::SHA256.new
    length = 0
    buffer = +""
    while env["rack.input"].read(10_007, buffer)
      digest << buffer
      length += buffer.bytesize
    end
    OK.("#{length} #{digest.hexdigest}")
  end,
  "lines" => lambda do |env|
    input = env["rack.input"]
    read = [input.gets, input.read(2), input.read(0)]
    input.each { |line| read << line }
    OK.([*read, input.gets, input.read, input.read(1)].inspect)
  end,
  "parts" => ->(_) { OK.("a", "", "b") },
  "large" => lambda do |_|
    parts = (0...30).lazy.map { |digit| (digit % 10).to_s * 100_000 }
    [200, TEXT.merge("content-length" => "3000000"), parts]
  end,
  "nothing" => ->(_) { [204, { "x-nothing" => "yes" }, []] },
  "headers" => lambda do |_|
    [418, TEXT.merge("set-cookie" => ["a=1", "b=2"], "x-lines" => "1\n2", "rack.own" => "hidden",
                     "x-bytes" => "caf\u00e9 \xFF", "x-empty" => ""), ["short and stout"]]
  end,
  "file" => ->(_) { [200, TEXT, InFile.new] },
  "streaming" => lambda do |env|
    body = lambda do |stream|
      stream << "read " << stream.read(2) << ", "
      stream.write(stream.read.to_s)
      stream.flush
      stream.close_write
      stream.write("never") rescue stream.class
      stream.close
    end
    env["REQUEST_METHOD"] == "POST" ? [200, TEXT, body] : [405, {}, []]
  end,
  "closed" => ->(env) { [200, TEXT, Parts.new(env, "to be closed")] },
  "fails-before" => ->(_) { raise KeyError, "before the headers" },
  "fails-within" => ->(env) { [200, TEXT, Parts.new(env, "", nil)] },
  "fails-after" => ->(env) { [200, TEXT, Parts.new(env, "x" * 200_000, nil)] },
  "fails-soon-after" => ->(env) { [200, TEXT, Parts.new(env, "not yet at the client", nil)] },
  "no-string" => ->(_) { [200, TEXT, [1]] },
  "line-break" => ->(_) { [200, TEXT.merge("x-broken" => ["a\r\nx-more: b"]), ["never"]] },
  "status-field" => ->(_) { [200, TEXT.merge("Status" => "404"), ["never"]] },
  "leaves" => ->(_) { exit },
  "prints" => lambda do |env|
    puts "to the log"
    env["rack.errors"].write("and this as well\n")
    OK.("not printed")
  end,
  "dice" => ->(_) { OK.([rand, Random.rand].inspect) }
}.freeze

use Lint
use(Named, "a", suffix: "b") { "c" }

map "/mapped" do
  use Named, "in", suffix: "ner" do
    ""
  end
  map "/deeper" do
    run ->(env) { OK.("deeper: #{env.values_at("SCRIPT_NAME", "PATH_INFO").join(" ")}") }
  end
  run { |env| OK.("mapped: #{env.values_at("SCRIPT_NAME", "PATH_INFO").join(" ")}") }
end

warmup { |application| warn "warmed up: #{application.class}" }

run ->(env) { PAGES.fetch(env["PATH_INFO"].split("/")[1]).call(env) }
