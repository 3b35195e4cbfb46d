# frozen_string_literal: true

require "digest"

# What web frameworks ask of OpenSSL where there is none: signatures. There are no ciphers, and no
# connections.
module OpenSSL
  # Digests of Ruby's own library.
  class Digest
    MD5 = ::Digest::MD5
    SHA1 = ::Digest::SHA1
    SHA256 = ::Digest::SHA256
    SHA384 = ::Digest::SHA384
    SHA512 = ::Digest::SHA512

    def self.new(name)
      const_get(name.upcase.delete("-")).new
    end
  end

  # RFC 2104.
  module HMAC
    class << self
      def digest(digest, key, data)
        hash = digest.is_a?(String) ? Digest.new(digest) : digest
        size = hash.block_length
        key = hash.digest(key) if key.bytesize > size
        key = key.b.ljust(size, "\0")
        hash.digest(masked(key, 0x5c) + hash.digest(masked(key, 0x36) + data.b))
      end

      def hexdigest(...) = digest(...).unpack1("H*")

      def base64digest(...) = [digest(...)].pack("m0")

      private

      def masked(key, mask) = key.bytes.map { |byte| byte ^ mask }.pack("C*")
    end
  end

  # Refuses.
  class Cipher
    class CipherError < StandardError; end

    def initialize(name)
      raise NotImplementedError,
            "there are no ciphers here, such as #{name}: sessions can be signed (Rack::Session::Cookie)"
    end
  end
end
