# What the gem's own lint looks at, from both sides: each path is another kind of response.
$LOAD_PATH << "/rack" unless defined?(Rack)
require "rack/lint"

TEXT = { "content-type" => "text/plain" }

PAGES = {
  "/builder" => ->(_) { [200, TEXT.dup, [defined?(Rack::Builder).to_s]] },
  "/echo" => ->(env) { [200, TEXT.dup, [env["rack.input"].read]] },
  "/lines" => lambda do |env|
    lines = []
    env["rack.input"].each { |line| lines << line.upcase }
    [200, TEXT.dup, lines]
  end,
  "/parts" => ->(env) { [200, TEXT.dup, [env["rack.input"].gets.to_s, env["rack.input"].read(3).to_s]] },
  "/writes" => ->(_) { [200, TEXT.dup, ->(stream) { stream.write("written"); stream.close }] },
  "/file" => ->(_) { [200, TEXT.dup, File.open(__FILE__, "rb")] },
  "/headers" => ->(_) { [200, TEXT.merge("set-cookie" => %w[a=1 b=2]), []] },
  "/nothing" => ->(_) { [204, {}, []] },
  "/wrong" => ->(_) { [200, { "Content-Type" => "text/plain" }, []] }
}.freeze

use Rack::Lint
run ->(env) { PAGES.fetch(env["PATH_INFO"]).call(env) }
