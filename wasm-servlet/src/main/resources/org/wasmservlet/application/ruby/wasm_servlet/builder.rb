# frozen_string_literal: true

require_relative "url_map"

module WasmServlet
  # What a config.ru is written in: run, use, map, warmup and freeze_app, where there is no gem of
  # Rack that has them.
  class Builder
    # Where the classes of a config.ru are defined as in any other file.
    SCOPE = TOPLEVEL_BINDING.eval("lambda { |builder| builder.instance_eval { binding } }")
    private_constant :SCOPE

    # Makes the application of a file.
    def self.load(path)
      builder = new
      # By its bytes: in what encoding they are is for the file to say, and else it is this one.
      source = File.binread(path).force_encoding(Encoding::UTF_8)
      eval(source, SCOPE.call(builder), path, 1)
      builder.to_app
    end

    # default: the application of what is outside of this one's maps, or nil
    def initialize(default = nil)
      @run = default
      @maps = {}
      @layers = []
      @warm_ups = []
      @freeze = false
    end

    def run(application = nil, &block)
      raise ArgumentError, "run takes an application or a block" unless application.nil? ^ block.nil?

      @run = application || block
    end

    def use(middleware, *arguments, **options, &block)
      # What has been mapped before is inside of it, whatever comes after.
      close_maps
      @layers << ->(inner) { middleware.new(inner, *arguments, **options, &block) }
    end

    def map(path, &block)
      raise ArgumentError, "not a path: #{path.inspect}" unless path.start_with?("/")

      @maps[path.b.chomp("/")] = block
    end

    def warmup(&block)
      @warm_ups << block
    end

    def freeze_app
      @freeze = true
    end

    def to_app
      close_maps
      application = @layers.reverse.inject(@run) { |inner, layer| layer.call(inner) }
      raise "there is neither run nor map" unless application

      application.freeze if @freeze
      @warm_ups.each { |warm_up| warm_up.call(application) }
      application
    end

    private

    def close_maps
      return if @maps.empty?

      maps = @maps
      @maps = {}
      @layers << ->(inner) { mapped(maps, inner) }
    end

    def mapped(maps, default)
      applications = default ? { "" => default } : {}
      maps.each do |prefix, block|
        builder = Builder.new(default)
        builder.instance_eval(&block)
        applications[prefix] = builder.to_app
      end
      UrlMap.new(applications)
    end
  end
end
