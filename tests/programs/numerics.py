"""Numerical methods as people write them: elimination, iterations on grids, dynamic programming, filters, time stepping."""

import numpy as np

from tests.programs import Case


# linear algebra by hand
def thomas(lower, diagonal, upper, right):
    n = len(right)
    c = np.zeros(n)
    d = np.zeros(n)
    c[0] = upper[0] / diagonal[0]
    d[0] = right[0] / diagonal[0]
    for i in range(1, n):
        m = diagonal[i] - lower[i - 1] * c[i - 1]
        if i < n - 1:
            c[i] = upper[i] / m
        d[i] = (right[i] - lower[i - 1] * d[i - 1]) / m
    x = np.zeros(n)
    x[-1] = d[-1]
    for i in range(n - 2, -1, -1):
        x[i] = d[i] - c[i] * x[i + 1]
    return np.sum(x**2)


def thomas_in_place(a, b, c, d):
    """Overwrites the diagonal and the right-hand side, as in the textbooks."""
    n = d.shape[0]
    for i in range(1, n):
        w = a[i] / b[i - 1]
        b[i] -= w * c[i - 1]
        d[i] -= w * d[i - 1]
    d[n - 1] /= b[n - 1]
    for i in reversed(range(n - 1)):
        d[i] = (d[i] - c[i] * d[i + 1]) / b[i]
    return d


def cholesky_by_loops(A):
    n = A.shape[0]
    L = np.zeros_like(A)
    for i in range(n):
        for j in range(i + 1):
            s = sum(L[i, k] * L[j, k] for k in range(j))
            if i == j:
                L[i, j] = np.sqrt(A[i, i] - s)
            else:
                L[i, j] = (A[i, j] - s) / L[j, j]
    return L


def lu_with_pivots(A, b):
    A = A.copy()
    b = b.copy()
    n = len(b)
    for k in range(n - 1):
        p = k + np.argmax(np.abs(A[k:, k]))
        if p != k:
            A[[k, p]] = A[[p, k]]
            b[[k, p]] = b[[p, k]]
        for i in range(k + 1, n):
            factor = A[i, k] / A[k, k]
            A[i, k:] -= factor * A[k, k:]
            b[i] -= factor * b[k]
    x = np.empty(n)
    for i in range(n - 1, -1, -1):
        x[i] = (b[i] - A[i, i + 1 :] @ x[i + 1 :]) / A[i, i]
    return x


def determinant_by_swaps(A):
    A = A.copy()
    n = len(A)
    det = 1.0
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(A[r, i]))
        if pivot != i:
            A[i], A[pivot] = A[pivot].copy(), A[i].copy()
            det = -det
        det *= A[i, i]
        for j in range(i + 1, n):
            A[j] = A[j] - A[i] * (A[j, i] / A[i, i])
    return det


def gram_schmidt(A):
    q = []
    for column in A.T:
        v = column.copy()
        for u in q:
            v -= (u @ v) * u
        q.append(v / np.linalg.norm(v))
    return np.array(q).T


def householder(A):
    R = A.copy()
    m, n = R.shape
    for k in range(n):
        x = R[k:, k]
        e = np.zeros_like(x)
        e[0] = np.copysign(np.linalg.norm(x), x[0])
        v = x + e
        v = v / np.linalg.norm(v)
        R[k:, k:] -= 2.0 * np.outer(v, v @ R[k:, k:])
    return np.sum(np.triu(R[:n]) ** 3)


def givens(a):
    a = a.copy()
    for j in range(a.shape[1]):
        for i in range(j + 1, a.shape[0]):
            r = np.hypot(a[j, j], a[i, j])
            c, s = a[j, j] / r, a[i, j] / r
            top = c * a[j] + s * a[i]
            a[i] = c * a[i] - s * a[j]
            a[j] = top
    return np.prod(np.diag(a))


def matrix_power(A, n):
    result = np.eye(A.shape[0])
    base = A
    while n > 0:
        if n & 1:
            result = result @ base
        base = base @ base
        n >>= 1
    return np.trace(result)


def power_method(A, v, tolerance):
    previous = 0.0
    for _ in range(400):
        w = A @ v
        v = w / np.linalg.norm(w)
        value = v @ A @ v
        if abs(value - previous) < tolerance * abs(value):
            break
        previous = value
    return value


def gauss_seidel(A, b, sweeps):
    x = np.zeros_like(b)
    for _ in range(sweeps):
        for i in range(len(b)):
            sigma = 0.0
            for j in range(len(b)):
                if j == i:
                    continue
                sigma += A[i, j] * x[j]
            x[i] = (b[i] - sigma) / A[i, i]
    return x @ x


def successive_overrelaxation(A, b, omega):
    x = b / np.diag(A)
    residual = np.inf
    rounds = 0
    while residual > 1e-3 and rounds < 30:
        for i in range(len(x)):
            x[i] += omega * (b[i] - np.dot(A[i], x)) / A[i, i]
        residual = np.max(np.abs(b - A @ x))
        rounds += 1
    return np.sum(x * np.arange(1.0, 1.0 + len(x)))


def conjugate_gradients(A, b):
    x = np.zeros(len(b))
    r = b - A @ x
    p = r
    rs = r @ r
    for _ in range(len(b)):
        Ap = A @ p
        alpha = rs / (p @ Ap)
        x += alpha * p
        r = r - alpha * Ap
        rs_new = r @ r
        if np.sqrt(rs_new) < 1e-10:
            break
        p = r + (rs_new / rs) * p
        rs = rs_new
    return x


# grids
def red_black(u, f, sweeps):
    u = u.copy()
    for _ in range(sweeps):
        for colour in (0, 1):
            for i in range(1, u.shape[0] - 1):
                start = 1 + (i + colour) % 2
                u[i, start:-1:2] = 0.25 * (
                    u[i - 1, start:-1:2] + u[i + 1, start:-1:2] + u[i, start - 1 : -2 : 2] + u[i, start + 1 :: 2] - f[i, start:-1:2]
                )
    return np.sum(u**2)


def red_black_by_mask(u, sweeps):
    rows, columns = np.indices(u.shape)
    inner = np.zeros(u.shape, dtype=bool)
    inner[1:-1, 1:-1] = True
    red = inner & ((rows + columns) % 2 == 0)
    black = inner & ~red
    for _ in range(sweeps):
        for mask in [red, black]:
            mean = np.zeros_like(u)
            mean[1:-1, 1:-1] = (u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:]) / 4
            u[mask] = mean[mask] ** 2
    return (u * u).sum()


def wave_equation(u, c, steps):
    previous, current = u.copy(), u.copy()
    energy = 0.0
    for _ in range(steps):
        following = np.zeros_like(current)
        following[1:-1] = 2 * current[1:-1] - previous[1:-1] + c**2 * (current[2:] - 2 * current[1:-1] + current[:-2])
        previous, current = current, following
        energy += np.sum((current - previous) ** 2)
    return energy


def crank_nicolson(u, r):
    n = len(u)
    A = np.diag((1 + r) * np.ones(n)) + np.diag(-r / 2 * np.ones(n - 1), 1) + np.diag(-r / 2 * np.ones(n - 1), -1)
    B = 2.0 * np.eye(n) - A
    for _ in range(3):
        u = np.linalg.solve(A, B @ u)
    return u[n // 2] * u[0]


def multigrid(u, f, h):
    """Two levels: smooth, restrict, solve roughly, prolong, smooth."""

    def smooth(u, f, h, n):
        for _ in range(n):
            u[1:-1] = 0.5 * (u[2:] + u[:-2] + h * h * f[1:-1])
        return u

    u = smooth(u, f, h, 2)
    residual = np.zeros_like(u)
    residual[1:-1] = f[1:-1] + (u[2:] - 2 * u[1:-1] + u[:-2]) / h**2
    coarse = smooth(np.zeros(len(u) // 2 + 1), residual[::2], 2 * h, 5)
    u[::2] += coarse
    u[1::2] += 0.5 * (coarse[:-1] + coarse[1:])
    return np.sum(smooth(u, f, h, 1) ** 2)


def game_of_averages(grid):
    new = np.empty_like(grid)
    m, n = grid.shape
    for i in range(m):
        for j in range(n):
            total, count = 0.0, 0
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    if di == 0 and dj == 0:
                        continue
                    if not (0 <= i + di < m and 0 <= j + dj < n):
                        continue
                    total += grid[i + di, j + dj]
                    count += 1
            new[i, j] = total / count * grid[i, j]
    return new


# dynamic programming
def soft_edit_distance(a, b, gamma):
    m, n = len(a), len(b)
    D = np.full((m + 1, n + 1), 1e3)
    D[0, 0] = 0.0
    for i in range(1, m + 1):
        for j in range(1, n + 1):
            cost = (a[i - 1] - b[j - 1]) ** 2
            choices = np.array([D[i - 1, j], D[i, j - 1], D[i - 1, j - 1]])
            smallest = choices.min()
            D[i, j] = cost + smallest - gamma * np.log(np.sum(np.exp(-(choices - smallest) / gamma)))
    return D[m, n]


def edit_distance_of_lists(a, b, gap):
    table = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        table[i][0] = i * gap
    for j in range(1, len(b) + 1):
        table[0][j] = j * gap
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            match = table[i - 1][j - 1] + abs(a[i - 1] - b[j - 1]) ** 1.5
            table[i][j] = min(match, table[i - 1][j] + gap, table[i][j - 1] + gap)
    return table[-1][-1]


def viterbi(log_start, log_transition, log_emission, observations):
    score = log_start + log_emission[:, observations[0]]
    back = []
    for o in observations[1:]:
        candidates = score[:, None] + log_transition
        back.append(np.argmax(candidates, axis=0))
        score = np.max(candidates, axis=0) + log_emission[:, o]
    state = int(np.argmax(score))
    path = [state]
    for pointers in reversed(back):
        state = int(pointers[state])
        path.append(state)
    path.reverse()
    return np.max(score) * (1.0 + 0.1 * sum(path))


def hidden_markov_forward(start, transition, emission, observations):
    alpha = np.zeros((len(observations), len(start)))
    scales = np.zeros(len(observations))
    alpha[0] = start * emission[:, observations[0]]
    scales[0] = alpha[0].sum()
    alpha[0] /= scales[0]
    for t in range(1, len(observations)):
        for j in range(len(start)):
            alpha[t, j] = np.dot(alpha[t - 1], transition[:, j]) * emission[j, observations[t]]
        scales[t] = alpha[t].sum()
        alpha[t, :] /= scales[t]
    return np.log(scales).sum()


def knapsack(values, weights, capacity):
    best = np.zeros(capacity + 1)
    for value, weight in zip(values, weights):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value**2)
    return best[capacity]


def floyd_warshall(d):
    d = d.copy()
    n = d.shape[0]
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if d[i, k] + d[k, j] < d[i, j]:
                    d[i, j] = d[i, k] + d[k, j]
    return np.sum(d**2)


def matrix_chain(sizes):
    n = len(sizes) - 1
    cost = {}
    for i in range(n):
        cost[i, i] = 0.0
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            cost[i, j] = min(cost[i, k] + cost[k + 1, j] + sizes[i] * sizes[k + 1] * sizes[j + 1] for k in range(i, j))
    return cost[0, n - 1]


_R = np.random.default_rng(11)
_V = np.array([0.9, 1.4, 0.6, 1.1])
_S = np.array([[4.0, 0.5, 0.7, 0.2], [0.5, 3.0, 0.1, 0.6], [0.7, 0.1, 5.0, 0.4], [0.2, 0.6, 0.4, 2.5]])
_G = _R.uniform(0.2, 1.4, (4, 5))
_P = np.array([[0.2, 1.3, 0.7], [2.6, 0.4, 1.1], [0.8, 2.3, 0.5]])
_H = np.log(np.array([[0.6, 0.4], [0.3, 0.7]])), np.log(np.array([[0.5, 0.3, 0.2], [0.1, 0.25, 0.65]]))
_SEEN = [0, 2, 1, 2]


def sums_without_nan(x):
    u = np.where(np.arange(6) == 1, np.nan, np.concatenate([x, x * 2])) ** 2
    return np.nansum(u) * np.nanmean(u)


CASES = [
    Case(sums_without_nan, (np.array([1.3, 0.7, 2.1]),)),
    Case(thomas, (_V[:3] * 0.3, _V + 3.0, _V[1:] * 0.2, _V), (0, 1, 2, 3)),
    Case(thomas_in_place, (_V * 0.3, _V + 3.0, _V * 0.2, _V + 0.1), (0, 1, 2, 3)),
    Case(cholesky_by_loops, (_S,)),
    Case(lu_with_pivots, (_P, _V[:3]), (0, 1)),
    Case(determinant_by_swaps, (_P,)),
    Case(gram_schmidt, (_P,)),
    Case(householder, (_G[:, :3],)),
    Case(givens, (_G[:, :3],)),
    Case(matrix_power, (_P, 5)),
    Case(power_method, (_S, _V, 0.02), (0, 1)),
    Case(gauss_seidel, (_S, _V, 3), (0, 1)),
    Case(successive_overrelaxation, (_S, _V, 1.1), (0, 1, 2)),
    Case(conjugate_gradients, (_S, _V), (1,)),
    Case(red_black, (_G, _G * _G, 2), (0, 1)),
    Case(red_black_by_mask, (_G, 2)),
    Case(wave_equation, (_V, 0.7, 3), (0, 1)),
    Case(crank_nicolson, (_V, 0.4), (0, 1)),
    Case(multigrid, (np.linspace(0.1, 0.9, 9) ** 2, np.linspace(1.0, 0.3, 9), 0.5), (0, 1, 2)),
    Case(game_of_averages, (_P,)),
    Case(soft_edit_distance, (_V, _V[1:] * 1.3, 0.8), (0, 1, 2)),
    Case(edit_distance_of_lists, (_V, _V[1:] * 1.3, 0.4), (0, 1, 2)),
    Case(viterbi, (np.log(np.array([0.45, 0.55])), *_H, _SEEN), (0, 1, 2)),
    Case(hidden_markov_forward, (np.array([0.45, 0.55]), *map(np.exp, _H), _SEEN), (0, 1, 2)),
    Case(knapsack, (_V, [2, 3, 1, 2], 5)),
    Case(floyd_warshall, (_P,)),
    Case(matrix_chain, (_V,)),
]
