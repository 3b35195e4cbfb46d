# frozen_string_literal: true

require_relative "response"
require_relative "scgi"
require_relative "stream"

module WasmServlet
  # Applications that speak Rack, a request in each process.
  module Server
    BLOCK = 64 * 1024
    private_constant :BLOCK

    class << self
      # Loads an application, lets it answer a request, and ends the process.
      #
      # config: the path of a config.ru
      # directory: where the application is
      def main(config, directory)
        # Standard input and output are the request's: what is printed goes to the log.
        $stdout = $stderr
        STDIN.binmode
        STDOUT.binmode
        # Where nobody has said what texts are in, it is not only ASCII.
        Encoding.default_external = Encoding::UTF_8 if Encoding.default_external == Encoding::US_ASCII
        Dir.chdir(directory)
        # After all that may be there.
        $LOAD_PATH << File.join(__dir__, "stand_in")
        application = load_application(config)
        variables = await_request
        exit!(serve(application, environment(variables), Response.new(STDOUT)))
      end

      # Makes a request's environment of its variables.
      def environment(variables)
        %w[SCRIPT_NAME PATH_INFO QUERY_STRING].each { |name| variables[name] ||= "".b }
        https = %w[on 1].include?(variables["HTTPS"]&.downcase)
        variables["rack.url_scheme"] = https ? "https" : "http"
        variables["rack.input"] = STDIN
        variables["rack.errors"] = STDERR
        add_those_of_rack2(variables) if defined?(Rack.release) && Rack.release.to_i < 3
        variables["rack.multithread"] = false
        variables["rack.multiprocess"] = true
        variables["rack.run_once"] = true
        variables
      end

      # Returns the exit code: 0 if the application has said all that it wanted to.
      def serve(application, env, response)
        status, headers, body = application.call(env)
        begin
          response.start(status, headers)
          send_body(body, response)
          response.flush
        ensure
          body.close if body.respond_to?(:close)
        end
        0
      rescue Exception => e
        # Whoever started this answers with an error, or cuts the response off.
        STDERR.puts(e.full_message(highlight: false, order: :top))
        1
      ensure
        STDERR.flush
      end

      private

      # What Rack 3 does not have.
      def add_those_of_rack2(variables)
        require_relative "rewindable_input"
        variables["rack.version"] = Rack::VERSION
        variables["rack.input"] = RewindableInput.new(STDIN)
      end

      def load_application(config)
        unless rack?
          require_relative "builder"
          return Builder.load(config)
        end
        # In Rack 2 there are options beside the application.
        loaded = Rack::Builder.parse_file(config)
        loaded.is_a?(Array) ? loaded.first : loaded
      end

      def rack?
        require "rack"
        true
      rescue LoadError => e
        raise unless e.path == "rack"

        false
      end

      # Waits for the request and returns its variables.
      #
      # What has been done before may have been done once for many requests: a process can be copied
      # while it waits in here, and then each copy goes on with a request of its own.
      def await_request
        # What is still in a buffer would be in every copy.
        [STDOUT, STDERR].each(&:flush)
        variables = Scgi.read_variables(STDIN)
        # Otherwise all copies would throw the same dice.
        srand
        variables
      end

      def send_body(body, response)
        if body.respond_to?(:to_path)
          File.open(body.to_path, "rb") do |file|
            block = +""
            response.write(block) while file.read(BLOCK, block)
          end
        elsif body.respond_to?(:each)
          body.each { |part| response.write(part) }
        else
          body.call(Stream.new(STDIN, response))
        end
      end
    end
  end
end
