# Five bodies that attract each other.
Body = Struct.new(:x, :y, :z, :vx, :vy, :vz, :mass)
BODIES = [
  [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.5], [4.84, -1.16, -0.10, 0.61, 2.81, -0.02, 0.038],
  [8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011], [12.9, -15.1, -0.22, 1.08, 0.87, -0.011, 0.0017],
  [15.4, -25.9, 0.18, 0.98, 0.59, -0.035, 0.002]
].map { |v| Body.new(*v) }
1500.times do
  BODIES.combination(2) do |a, b|
    dx = a.x - b.x
    dy = a.y - b.y
    dz = a.z - b.z
    d = dx * dx + dy * dy + dz * dz
    pull = 0.01 / (d * Math.sqrt(d))
    a.vx -= dx * b.mass * pull
    a.vy -= dy * b.mass * pull
    a.vz -= dz * b.mass * pull
    b.vx += dx * a.mass * pull
    b.vy += dy * a.mass * pull
    b.vz += dz * a.mass * pull
  end
  BODIES.each { |a| a.x += 0.01 * a.vx; a.y += 0.01 * a.vy; a.z += 0.01 * a.vz }
end
BODIES.each { |b| puts format('%.8f %.8f %.8f', b.x, b.y, b.vz) }
