-- For wrk: asks as its two arguments say (method, bytes of body), and prints what came of it in one line.
function init(arguments)
  wrk.method = arguments[1]
  wrk.headers["User-Agent"] = "bench"
  local length = tonumber(arguments[2])
  if length > 0 then
    wrk.headers["Content-Type"] = "application/octet-stream"
    wrk.body = string.rep("x", length)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "RESULT requests=%d microseconds=%d bytes=%d errors=%d p50=%d p99=%d kinds=%d,%d,%d,%d,%d\n",
    summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99),
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
