"""Objects that are written in one arm while another one raises; and arms that are known before: those of a literal that a caller left out."""

import numpy as np

from tests.programs import Case


class Stepper:
    def __init__(self, state):
        self.state = state
        self.states = [state]

    def step(self, k, method="euler"):
        s = self.state
        if method == "euler":
            self.state = s * k
        else:
            raise ValueError(method)
        self.states.append(self.state)


def states_of_arrays(k):
    p = Stepper(np.array([1.0, 2.0]))
    for _ in range(3):
        p.step(k)
    return np.sum(p.states[-1] * p.states[1])


class Amounts:
    def __init__(self, species=None):
        self.c = dict(species) if species else {"A": 1.0}


def table_left_out(k):
    n = Amounts()
    n.c["A"] = k
    return n.c["A"] ** 2


def table_given(k):
    n = Amounts({"A": k, "B": k * k})
    n.c["A"] = n.c["B"] * k
    return n.c["A"] ** 2


class Reaction:
    def __init__(self, species, k):
        self.species, self.k = species, k


class Network:
    def __init__(self):
        self.reactions = []

    def add(self, *a, **k):
        self.reactions.append(Reaction(*a, **k))


def make(*a, **k):
    return Reaction(*a, **k)


def keyword_of_the_name_of_the_stars(x):
    r = make(x, k=x * x)
    n = Network()
    n.add({"A": 2}, k=x)
    n.add({"A": 3}, k=x * x)
    return r.species * r.k + sum(r.species["A"] * r.k for r in n.reactions)


CASES = [
    Case(states_of_arrays, (0.7,)),
    Case(table_left_out, (0.7,)),
    Case(table_given, (0.7,)),
    Case(keyword_of_the_name_of_the_stars, (0.7,)),
]
