# One-way constraints between variables, planned by strength: objects, lists, dispatch by class.
class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.determined = None
        self.users = []
        self.mark = 0
        self.strength = 9
        self.stays = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def attach(self):
        for variable in self.variables():
            variable.users.append(self)


class Stay(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.output = variable
        self.attach()

    def variables(self):
        return [self.output]

    def inputs(self):
        return []

    def choose(self, mark):
        free = self.output.mark != mark and self.strength < self.output.strength
        self.satisfied = free
        return free

    def execute(self):
        pass


class Edit(Stay):
    pass


class Scale(Constraint):
    def __init__(self, source, factor, offset, target, strength):
        super().__init__(strength)
        self.source = source
        self.factor = factor
        self.offset = offset
        self.output = target
        self.attach()

    def variables(self):
        return [self.source, self.factor, self.offset, self.output]

    def inputs(self):
        return [self.source, self.factor, self.offset]

    def choose(self, mark):
        free = self.output.mark != mark and self.strength < self.output.strength
        self.satisfied = free
        return free

    def execute(self):
        self.output.value = self.source.value * self.factor.value + self.offset.value


class Equal(Constraint):
    def __init__(self, first, second, strength):
        super().__init__(strength)
        self.first = first
        self.second = second
        self.output = second
        self.attach()

    def variables(self):
        return [self.first, self.second]

    def inputs(self):
        return [self.first if self.output is self.second else self.second]

    def choose(self, mark):
        for variable in (self.second, self.first):
            if variable.mark != mark and self.strength < variable.strength:
                self.output = variable
                self.satisfied = True
                return True
        self.satisfied = False
        return False

    def execute(self):
        self.output.value = self.inputs()[0].value


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        self.mark += 1
        todo = [constraint]
        while todo:
            next_one = todo.pop()
            if not next_one.choose(self.mark):
                continue
            output = next_one.output
            for variable in next_one.inputs():
                variable.mark = self.mark
            overridden = output.determined
            output.determined = next_one
            output.strength = next_one.strength
            output.mark = self.mark
            if overridden is not None:
                todo.append(overridden)

    def plan(self, source):
        order = []
        seen = {source}
        todo = [source]
        while todo:
            variable = todo.pop()
            for constraint in variable.users:
                if isinstance(constraint, Stay) or constraint.output in seen:
                    continue
                if constraint.output.determined is constraint:
                    order.append(constraint)
                    seen.add(constraint.output)
                    todo.append(constraint.output)
        return order


def chain(length):
    planner = Planner()
    variables = [Variable("v%d" % i, 0) for i in range(length)]
    for before, after in zip(variables, variables[1:]):
        planner.add(Equal(before, after, 1))
    planner.add(Stay(variables[-1], 5))
    planner.add(Edit(variables[0], 2))
    total = 0
    for value in range(60):
        variables[0].value = value
        for constraint in planner.plan(variables[0]):
            constraint.execute()
        total += variables[-1].value
    return total


def projection(count):
    planner = Planner()
    factor = Variable("factor", 10)
    offset = Variable("offset", 1000)
    targets = []
    for i in range(count):
        source = Variable("s%d" % i, i)
        target = Variable("t%d" % i, i)
        targets.append(target)
        planner.add(Stay(source, 7))
        planner.add(Scale(source, factor, offset, target, 1))
    for value in range(20):
        factor.value = value
        for constraint in planner.plan(factor):
            constraint.execute()
    return sum(target.value for target in targets)


print(chain(300), projection(400))
