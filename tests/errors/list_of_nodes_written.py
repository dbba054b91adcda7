class Node:
    def __init__(self, v, after=None):
        self.v, self.after = v, after


def f(x, head):
    node = head
    while node is not None:
        node.v = node.v * x
        node = node.after
    return head.v


def use(tx):
    tx.grad(f)(1.5, Node(2.0, Node(3.0)))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: head or node
