# frozen_string_literal: true

module WasmServlet
  # Gives each path to the application whose prefix it has; the longest counts.
  class UrlMap
    # applications: by prefix, which is a path without a slash at its end, or empty
    def initialize(applications)
      @applications = applications.sort_by { |prefix, _| -prefix.bytesize }
    end

    def call(env)
      script = env["SCRIPT_NAME"]
      path = env["PATH_INFO"]
      prefix, application = @applications.find { |candidate, _| below?(path, candidate) }
      return not_found unless application

      begin
        env["SCRIPT_NAME"] = script + prefix
        env["PATH_INFO"] = path.byteslice(prefix.bytesize..)
        application.call(env)
      ensure
        env["SCRIPT_NAME"] = script
        env["PATH_INFO"] = path
      end
    end

    private

    def below?(path, prefix)
      path.start_with?(prefix) && ["/", nil].include?(path.byteslice(prefix.bytesize))
    end

    def not_found
      [404, { "content-type" => "text/plain", "x-cascade" => "pass" }, ["Not Found\n"]]
    end
  end
end
