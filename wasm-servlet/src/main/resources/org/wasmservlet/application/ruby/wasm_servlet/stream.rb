# frozen_string_literal: true

module WasmServlet
  # What a streaming body is called with: the request's body to read, the response's to write.
  class Stream
    def initialize(input, response)
      @input = input
      @response = response
      @reads = true
      @writes = true
    end

    def read(length = nil, buffer = nil)
      raise IOError, "not opened for reading" unless @reads

      @input.read(length, buffer)
    end

    def write(part)
      raise IOError, "not opened for writing" unless @writes

      @response.write(part)
      part.bytesize
    end

    def <<(part)
      write(part)
      self
    end

    def flush
      @response.flush
      self
    end

    def close_read
      @reads = false
      nil
    end

    def close_write
      @writes = false
      nil
    end

    def close
      close_read
      close_write
    end

    def closed?
      !@reads && !@writes
    end
  end
end
