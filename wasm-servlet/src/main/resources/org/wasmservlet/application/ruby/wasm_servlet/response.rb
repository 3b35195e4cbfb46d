# frozen_string_literal: true

module WasmServlet
  # The response, which goes to an output as a CGI program's.
  class Response
    def initialize(output)
      @output = output
      @head = nil
    end

    # Says what the response is: nothing is sent before there is a part of the body.
    def start(status, headers)
      lines = ["Status: #{Integer(status)}"]
      headers.each do |name, values|
        name = name.to_s
        # The others are between the application and whoever calls it.
        lines.concat(fields(name, values)) unless name.start_with?("rack.")
      end
      lines.map!(&:b)
      broken = lines.find { |line| line.match?(/[\r\n]/n) }
      raise "a line break in a header: #{broken.inspect}" if broken

      @head = lines.join("\r\n") << "\r\n\r\n"
    end

    # Sends a part of the body, and whatever is to be before it.
    def write(part)
      raise TypeError, "not a part of a body: #{part.inspect}" unless part.is_a?(String)

      return if part.empty?

      begin_body
      @output.write(part)
      @output.flush
    end

    # Sends the head, if it has not been sent.
    def flush
      begin_body
      @output.flush
    end

    private

    def begin_body
      @output.write(@head) if @head
      @head = nil
    end

    # Rack 3 has an array where Rack 2 has lines.
    def fields(name, values)
      raise "not a header: the status is the first element of a response" if name.casecmp?("status")

      values = values.to_s.b.split("\n") unless values.is_a?(Array)
      values = [""] if values.empty?
      values.map { |value| "#{name}: #{value}" }
    end
  end
end
