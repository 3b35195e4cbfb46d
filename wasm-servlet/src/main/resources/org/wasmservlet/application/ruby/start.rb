# frozen_string_literal: true

# Starts a Rack application, which answers one request: start.rb CONFIG DIRECTORY
require_relative "wasm_servlet/server"

# All has been done that does not depend on the application: the process can be copied here.
begin
  [STDOUT, STDERR].each(&:flush)
  File.open("/wasm-servlet/application").close
rescue SystemCallError
  # There is no such file: that it is asked for is all.
end
WasmServlet::Server.main(*ARGV.slice!(0..))
