# frozen_string_literal: true

map "/here/" do
  run ->(_) { [200, {}, ["here"]] }
end

map "/" do
  map "/there" do
    run ->(_) { [200, {}, ["there"]] }
  end
end
