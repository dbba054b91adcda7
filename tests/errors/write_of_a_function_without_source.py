import struct

import numpy as np


def f(x):
    buffer = np.zeros(1)
    struct.pack_into("d", buffer, 0, x * x)
    return buffer[0]

# error
# NotDifferentiable: struct.pack_into has no Python source, and what it writes into is not known
#   File "model.py", line 8, in f
#     8 |     struct.pack_into("d", buffer, 0, x * x)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
