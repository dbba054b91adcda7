class Node:
    def __init__(self, v, parent=None):
        self.v, self.parent, self.children = v, parent, []
        if parent is not None:
            parent.children.append(self)


def f(node):
    return sum(child.v * child.parent.v for child in node.children)


def use(tx):
    root = Node(2.0)
    Node(3.0, root)
    tx.grad(f)(root)

# error
# NotDifferentiable: a Node holds itself, by way of its attributes or items, or is nested too deep
#   Keep what goes back (s.peer = s, node.parent) out of the values that are differentiated.
