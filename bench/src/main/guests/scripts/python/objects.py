# An operating system's scheduler: small objects, methods that subclasses override, a linked list.
class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.value = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, ident, priority, queue):
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.held = False
        self.waiting = queue is None
        self.runs = 0

    def is_idle(self):
        return self.held or (self.waiting and self.queue is None)

    def offer(self, packet):
        self.queue = packet.append_to(self.queue)
        self.waiting = False

    def take(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.link
            packet.link = None
        return packet

    def step(self, system):
        self.runs += 1
        packet = self.take()
        self.waiting = True
        return self.handle(packet, system)

    def handle(self, packet, system):
        raise NotImplementedError


class Idler(Task):
    def __init__(self, ident, count):
        super().__init__(ident, 0, None)
        self.waiting = False
        self.control = 1
        self.count = count

    def is_idle(self):
        return False

    def handle(self, packet, system):
        self.count -= 1
        if self.count == 0:
            system.running = False
            return
        if self.control & 1 == 0:
            self.control >>= 1
            system.tasks[4].held = False
        else:
            self.control = (self.control >> 1) ^ 0xD008
            system.tasks[5].held = False


class Worker(Task):
    def __init__(self, ident, priority, queue, targets):
        super().__init__(ident, priority, queue)
        self.targets = targets
        self.turn = 0

    def handle(self, packet, system):
        if packet is None:
            return
        for i in range(4):
            self.turn = self.turn % 26 + 1
            packet.data[i] = 64 + self.turn
        packet.value = sum(packet.data)
        target = self.targets[packet.value % len(self.targets)]
        system.send(packet, target, self.ident)


class Device(Task):
    def __init__(self, ident, priority, queue):
        super().__init__(ident, priority, queue)
        self.pending = None

    def handle(self, packet, system):
        if packet is None:
            if self.pending is not None:
                system.send(self.pending, 2, self.ident)
                self.pending = None
        else:
            if self.pending is not None:
                system.send(self.pending, 3, self.ident)
            self.pending = packet
            self.held = True


class System:
    def __init__(self):
        self.running = True
        self.sent = 0
        self.tasks = {}

    def add(self, task):
        self.tasks[task.ident] = task

    def send(self, packet, to, sender):
        self.sent += 1
        packet.ident = sender
        self.tasks[to].offer(packet)

    def run(self):
        order = sorted(self.tasks.values(), key=lambda task: -task.priority)
        while self.running:
            for task in order:
                if not task.is_idle():
                    task.step(self)


def packets(count, kind):
    queue = None
    for i in range(count):
        packet = Packet(None, i, kind)
        queue = packet.append_to(queue)
    return queue


system = System()
system.add(Idler(1, 2500))
system.add(Worker(2, 1000, packets(2, "work"), [3, 4, 5]))
system.add(Worker(3, 2000, packets(3, "work"), [2, 4, 5]))
system.add(Device(4, 4000, packets(2, "device")))
system.add(Device(5, 5000, packets(1, "device")))
system.run()
print(system.sent, [task.runs for task in system.tasks.values()])
