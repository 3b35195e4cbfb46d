# frozen_string_literal: true

module WasmServlet
  # The variables of a request, which come by SCGI.
  module Scgi
    # Fewer bytes than the shortest header has: nothing of the body is read before it is asked for.
    FIRST = 16

    class << self
      # Reads a request's header from an input, which has the body after that. Returns values by
      # name, in bytes.
      def read_variables(input)
        beginning = input.sysread(FIRST)
        until beginning.include?(":") || beginning.bytesize == FIRST
          beginning << input.sysread(FIRST - beginning.bytesize)
        end
        length, header = beginning.split(":", 2)
        unless header && length.match?(/\A[0-9]+\z/)
          raise "standard input begins with no request: #{beginning.inspect}"
        end

        variables(read(input, header, length.to_i + ",".bytesize))
      end

      private

      def read(input, header, length)
        header << input.sysread(length - header.bytesize) while header.bytesize < length
        return header.chop if header.end_with?(",")

        raise "the request's header does not end where it says: #{header[-20..].inspect}"
      end

      def variables(header)
        variables = {}
        header.split("\0", -1).each_slice(2) { |name, value| variables[name] = value if value }
        # It tells of this protocol, and not of the request.
        variables.delete("SCGI")
        variables
      end
    end
  end
end
