"""``scipy.special``.  A parameter without a derivative in closed form (orders, shape parameters) is refused by name where it is active."""
