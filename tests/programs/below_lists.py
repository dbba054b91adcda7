"""Classes below list and dict, and their methods that call those of the class above."""

from tests.programs import Case


class Log(list):
    scale = 2.0

    def scaled(self, value):
        super().append(self.scale * value)

    def both(self, value):
        super().extend([value, value * value])

    def last(self):
        return super().pop()

    def total(self):
        return sum(self)


class Table(dict):
    def put(self, **words):
        super().update(**words)

    def known(self, key, value):
        return super().setdefault(key, value)

    def replace(self, key, value):
        self[key] = value

    def take(self, key):
        return super().pop(key)


def logged(x):
    log = Log()
    log.scaled(x)
    log.append(log[0] * x)
    log.both(x)
    last = log.last()
    return log.total() * last + len(log) * x


def logged_into(x, log: Log):
    log.scaled(x * x)
    log[0] = log[-1] * x
    return log[0] + log.total()


def tabled(x):
    table = Table()
    table.put(a=x * x, b=x)
    table.replace("a", table["a"] * x)
    old = table.known("b", 5.0)
    new = table.known("c", old * x)
    taken = table.take("a")
    return taken * new + len(table) * x


def tabled_into(x, table: Table):
    table.put(a=x * x)
    table.replace("b", table["b"] * table["a"])
    return table["b"] * x


def of_which_class(x, table, log):
    table["a"] = x * x
    log[0] = table["a"] * x
    return table["a"] * (2.0 if isinstance(table, Table) else 3.0) + log[0] * (5.0 if type(log) is Log else 7.0)


def with_attributes(x, log: Log):
    log[0] = x * x
    return log[0] * log.scale


def made(scale):
    log = Log([1.5, 2.5])
    log.scale = scale
    return log


CASES = [
    Case(logged, (1.3,)),
    Case(logged_into, (1.3, Log([0.5, 1.5]))),
    Case(tabled, (1.3,)),
    Case(tabled_into, (1.3, Table(b=2.0))),
    *(Case(of_which_class, (1.3, table, log)) for table in (Table(a=1.0), {"a": 1.0}) for log in (Log([1.0]), [1.0])),
    Case(with_attributes, (1.3, made(4.0))),
]
