from collections import deque


class Queue(deque):
    def last(self):
        return self[-1]


def f(x):
    s = Queue()
    s.append(x)
    return s[0] * s.last()

# error
# UnsupportedSyntax: the method 'append' of a Queue is that of a deque, and changes its object in place
#   File "model.py", line 11, in f
#     11 |     s.append(x)
#        |     ^^^^^^^^^^^
#   Use a list or a dict, or build a new value.
