# frozen_string_literal: true

require "set"

# Looks whether what is between it and the server keeps to Rack 3's specification: the environment,
# its streams, and what is done with a response.
class Lint
  class Broken < StandardError; end

  UNSET = %w[HTTP_CONTENT_TYPE HTTP_CONTENT_LENGTH rack.version].freeze
  REQUIRED = %w[REQUEST_METHOD SERVER_NAME SERVER_PROTOCOL QUERY_STRING rack.url_scheme
                rack.errors].freeze

  def self.check(holds, what)
    raise Broken, what unless holds
  end

  def initialize(application)
    @application = application
  end

  def call(env)
    check_environment(env)
    env["rack.input"] = Input.new(env["rack.input"]) if env["rack.input"]
    status, headers, body = @application.call(env)
    [status, headers, Body.new(body, env["rack.errors"])]
  end

  private

  def check(...) = Lint.check(...)

  def check_environment(env)
    check(env.instance_of?(Hash) && !env.frozen?, "env is a Hash that can be written")
    REQUIRED.each { |name| check(env.key?(name), "env has #{name}") }
    UNSET.each { |name| check(!env.key?(name), "env has no #{name}") }
    env.each do |name, value|
      check(name.is_a?(String), "#{name.inspect} is a String")
      check(value.instance_of?(String), "#{name} is a String") unless name.include?(".")
    end
    check(env["REQUEST_METHOD"].match?(/\A[0-9A-Za-z!#$%&'*+.^_`|~-]+\z/), "a method is a token")
    check(env["SERVER_PROTOCOL"].match?(%r{\AHTTP/\d(\.\d)?\z}), "SERVER_PROTOCOL is a version")
    check(%w[http https].include?(env["rack.url_scheme"]), "the scheme is http or https")
    check((env["HTTPS"] || "off") == "on", "HTTPS agrees") if env["rack.url_scheme"] == "https"
    check(env["SERVER_PORT"].match?(/\A\d+\z/), "SERVER_PORT has digits") if env["SERVER_PORT"]
    check(env["CONTENT_LENGTH"].match?(/\A\d+\z/), "digits") if env["CONTENT_LENGTH"]
    check(env["rack.hijack?"].nil? || env["rack.hijack"].respond_to?(:call), "no half hijacking")
    check_path(env)
    check_streams(env)
  end

  def check_path(env)
    script, path = env.values_at("SCRIPT_NAME", "PATH_INFO")
    check([script, path].any? { |part| part && !part.empty? }, "there is a path")
    check(script != "/" && (script.nil? || script.empty? || script.start_with?("/")), "SCRIPT_NAME")
    check(path.nil? || path.empty? || path.start_with?("/"), "PATH_INFO begins with a slash")
  end

  def check_streams(env)
    %i[puts write flush].each { |name| check(env["rack.errors"].respond_to?(name), "errors #{name}") }
    input = env["rack.input"] or return

    %i[gets each read close].each { |name| check(input.respond_to?(name), "input #{name}") }
    check(input.external_encoding == Encoding::BINARY, "the input is binary")
    check(input.binmode?, "the input has no text mode")
  end

  # The request's body: what is read is what the specification says.
  class Input
    def initialize(input)
      @input = input
    end

    def read(length = nil, buffer = nil)
      data = buffer ? @input.read(length, buffer) : @input.read(length)
      Lint.check(length ? data.nil? || data.is_a?(String) : data.is_a?(String), "read(#{length})")
      # A buffer keeps the encoding that it has been given with.
      Lint.check(data.nil? || buffer || data.encoding == Encoding::BINARY, "what is read is binary")
      Lint.check(buffer.nil? || data.nil? || buffer.equal?(data), "the buffer is used")
      data
    end

    def gets
      line = @input.gets
      Lint.check(line.nil? || line.is_a?(String), "gets")
      line
    end

    def each
      @input.each do |line|
        Lint.check(line.is_a?(String), "each")
        yield line
      end
    end

    def close = @input.close
  end

  # The response's body: it is gone through once, and closed once, after that.
  class Body
    def initialize(body, errors)
      @body = body
      @errors = errors
      @used = false
      @closed = false
      extend(Enumerated) if body.respond_to?(:each)
      extend(Streaming) unless body.respond_to?(:each)
      extend(InFile) if body.respond_to?(:to_path)
    end

    def close
      Lint.check(!@closed, "closed once")
      @errors.puts("not used") unless @used
      @closed = true
      @body.close if @body.respond_to?(:close)
      @errors.puts("closed after use")
    end

    def use
      Lint.check(!@used && !@closed, "used once, before it is closed")
      @used = true
    end

    # A body of parts.
    module Enumerated
      def each(&block)
        use
        @body.each(&block)
      end
    end

    # A body that writes itself.
    module Streaming
      def call(stream)
        use
        %i[read write << flush close close_read close_write closed?].each do |name|
          Lint.check(stream.respond_to?(name), "streams have #{name}")
        end
        @body.call(stream)
      end
    end

    # A body that is a file's content as well.
    module InFile
      def to_path
        use
        @body.to_path
      end
    end
  end
end
