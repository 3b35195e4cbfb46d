require "digest"
require "sinatra/base"

# A page for each thing that a site does.
class Site < Sinatra::Base
  NOTES = "/data/notes.txt"

  set :environment, :production
  set :session_store, Rack::Session::Cookie
  set :session_secret, "of the tests" * 6
  enable :sessions

  get "/" do
    "hello"
  end

  get "/notes" do
    @notes = File.exist?(NOTES) ? File.readlines(NOTES, chomp: true) : []
    erb :notes
  end

  post "/notes" do
    File.write(NOTES, "#{params["text"]}\n", mode: "a")
    redirect to("/notes")
  end

  post "/upload" do
    file = params["file"]
    digest = Digest::SHA256.file(file["tempfile"].path).hexdigest
    "#{params["title"]} #{file["filename"]} #{digest}"
  end

  get "/visits" do
    session["visits"] = (session["visits"] || 0) + 1
    session["visits"].to_s
  end

  get "/stream" do
    content_type "text/plain"
    stream do |out|
      3.times { |number| out << "line #{number}\n" }
    end
  end

  get "/fails" do
    raise KeyError, "in a route"
  end
end
