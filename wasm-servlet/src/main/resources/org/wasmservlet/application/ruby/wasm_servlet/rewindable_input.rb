# frozen_string_literal: true

require "stringio"

module WasmServlet
  # What Rack 2 wants of a request's body: it can be read again. From the first read on it is in
  # memory.
  class RewindableInput
    def initialize(input)
      @input = input
      @content = nil
    end

    def read(...) = content.read(...)

    def gets(...) = content.gets(...)

    def each(&block)
      content.each(&block)
      self
    end

    def rewind = content.rewind

    def size = content.size

    def close = content.close

    def external_encoding = Encoding::BINARY

    def binmode? = true

    private

    def content
      @content ||= StringIO.new(@input.read.force_encoding(Encoding::BINARY))
    end
  end
end
