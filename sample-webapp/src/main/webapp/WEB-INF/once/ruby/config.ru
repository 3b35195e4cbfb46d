# A Rack application: what stands here is done once, what the lambda does for each request.
require "erb"

STARTED = Time.now.utc
PAGE = ERB.new(File.read(File.join(__dir__, "page.erb"), encoding: "UTF-8"))
$requests = 0

run lambda { |env|
  begun = Process.clock_gettime(Process::CLOCK_MONOTONIC, :microsecond)
  $requests += 1
  query = env["QUERY_STRING"].dup.force_encoding("UTF-8").scrub
  root = env["CONTEXT_PREFIX"].dup.force_encoding("UTF-8").scrub
  page = PAGE.result(binding)
  [200, { "content-type" => "text/html; charset=utf-8" }, [page]]
}
