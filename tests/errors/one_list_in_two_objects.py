class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)


def f(x):
    one = Stack()
    two = Stack()
    two.items = one.items
    two.push(x)
    return one.items[-1] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: self or self_items
