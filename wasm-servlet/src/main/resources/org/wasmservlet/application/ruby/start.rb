# frozen_string_literal: true

# Starts a Rack application, which answers one request: start.rb CONFIG DIRECTORY
require_relative "wasm_servlet/server"

WasmServlet::Server.main(*ARGV.slice!(0..))
