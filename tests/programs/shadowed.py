"""Names that stand for a dict in one function, and for something else in a function inside, a lambda or a pattern."""

from tests.programs import Case


class Bag:
    """It has the methods of a dict, and means other things by them."""

    def __init__(self, x):
        self.x = x

    def values(self):
        return [self.x, 2 * self.x]

    def items(self):
        return [(1.0, 3 * self.x)]

    def get(self, key, default=0.0):
        return self.x * 7

    def __iter__(self):
        return iter("uv")

    def __getitem__(self, key):
        return 100 * self.x

    def __contains__(self, key):
        return True


def parameter_inside(x):
    d = {"a": x}

    def total(d):
        return sum(d.values())

    return total(Bag(x)) * d["a"]


def parameter_by_word(x):
    d = {"a": x}

    def total(*, d):
        t = 0.0
        for _, v in d.items():
            t += v
        return t

    return total(d=Bag(x)) * d["a"]


def parameter_of_a_lambda(x):
    w = {"a": x * x}
    read = lambda w, k: w.get(k, 0.0)  # noqa: E731
    return read(Bag(x), "a") * w["a"]


def name_in_a_pattern(x):
    d = {"a": x}
    t = d["a"]
    match [Bag(x)]:
        case [d]:
            t *= sum(d.values())
    return t


def view_with_a_name(x):
    d = {"a": x}

    def total(d):
        values = d.values()
        return sum(values)

    return total(Bag(x)) * d["a"]


def dicts_everywhere(x):
    d = {"a": x}

    def total(d):
        return sum(d.values()) * x

    return total({"b": x * x}) * d.get("a", 0.0)


CASES = [
    Case(f, (1.3,))
    for f in (
        parameter_inside,
        parameter_by_word,
        parameter_of_a_lambda,
        name_in_a_pattern,
        view_with_a_name,
        dicts_everywhere,
    )
]
