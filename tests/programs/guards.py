"""try and with around active code: the path taken is recorded, and its reverse is a plain branch."""

import contextlib
import dataclasses
import logging
import math
import threading
import warnings

import numpy as np

from tests.programs import Case

LOCK = threading.Lock()
LOG = logging.getLogger(__name__)


@dataclasses.dataclass
class Quiet:
    scale: float = 2.0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return None


@contextlib.contextmanager
def scaled(k):
    try:
        yield k * 2.0
    finally:
        LOG.debug("left")


def logarithm_or_square(x):
    try:
        y = math.log(x)
    except ValueError as error:
        LOG.info("%s", error)
        y = x * x * x
    return y * x


def keeps_its_value(x):
    y = x * x
    try:
        y = math.sqrt(x) * y
    except ValueError:
        pass
    return y * x


def two_handlers(x, items):
    total = 0.0
    for key in ("a", "b", "c", "d"):
        try:
            v = items[key]
            w = math.log(v) * x
        except KeyError as error:
            total += len(str(error)) * x * x
        except (ValueError, TypeError):
            w = x * x * x
            total -= w
        else:
            total += w * v
    return total * x


def in_a_loop(xs):
    total = 0.0
    for i in range(len(xs)):
        try:
            a = math.log(xs[i])
            b = a * xs[i]
            if b > 0.1:
                c = a * b
            else:
                c = math.sqrt(b + 0.3) * b
            total = total + c * a
        except ValueError:
            total = total * 1.1 + xs[i] * xs[i]
            continue
        total = total * 1.5
    return total


def late_failure(xs):
    """The body of some iterations fails after a branch and an inner loop have run."""
    total = 1.0
    for x in xs:
        try:
            if x > 0.5:
                a = x * x
            else:
                a = x * x * x
            for k in range(3):
                a = a * x + k
            b = math.log(x + 0.4) * a
            total = total * b
        except ValueError:
            total = total + x * total
    return total


def returns_from_try(x, n):
    for i in range(n):
        try:
            y = x * math.sqrt(2.0 - x)
            if i == 2:
                return y * y
            x = y
        except ValueError:
            return x * 3.0
        finally:
            LOG.debug("step %d", i)
    return x


def breaks_and_continues(xs):
    s = 0.0
    for x in xs:
        with np.errstate(all="ignore"):
            if x < -1.0:
                continue
            try:
                y = math.log(x)
            except ValueError:
                break
            s = s + y * y * x
        s = s * 1.25
    return s


def raised_by_hand(x):
    try:
        if x < 1.0:
            raise ValueError(f"{x:.3f} is small")
        y = x * x
    except ValueError as error:
        y = np.sin(x) * len(str(error))
    return y * y


def raised_again(x):
    try:
        try:
            y = math.log(x)
        except ValueError as inner:
            raise KeyError("outer") from inner
    except KeyError:
        y = x * x
    return y * y


def with_everything(x, w):
    with np.errstate(divide="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with LOCK:
            h = np.tanh(w @ x)
        s = np.sum(h * h)
    with Quiet() as quiet:
        s = s * quiet.scale
    with scaled(3.0) as k:
        s = s * k
    return s * s


def with_a_lock(x, lock, w):
    y = x
    for k in range(3):
        with lock:
            y = y * w + k
            with w_lock(lock):
                y = y * x
    return y


def w_lock(lock):
    return contextlib.nullcontext(lock)


def with_in_a_loop(x, n):
    for k in range(n):
        with np.errstate(all="ignore"):
            t = np.sin(x) * k
            x = x * t + 0.5
    return np.sum(x * x)


def cleans_up(x):
    seen = []
    y = x
    try:
        y2 = y * math.exp(y)
    finally:
        LOG.debug("%s", seen)
    return y2 * y2


def writes_last(x):
    y = np.zeros(len(x))
    for i in range(len(x)):
        try:
            y[i] = math.log(x[i]) * x[i]
        except ValueError:
            y[i] = x[i] ** 3
    return np.sum(y * y)


def safe(x):
    try:
        return math.log(x)
    except ValueError:
        return x * x


def in_a_callee(xs):
    s = 0.0
    for x in xs:
        s = s + safe(x) * s + x
    return s


def calls_in_try(x):
    try:
        a = safe(x)
        b = math.sqrt(safe(a))
    except ValueError:
        b = x
    return b * x


def returns_when_it_fails(xs):
    total = 0.0
    try:
        for v in xs:
            total += math.log(v) * v
    except ValueError:
        return -xs[0] * 2.0
    return total * total


def leaves_when_it_fails(xs):
    s = 0.0
    for v in xs:
        try:
            t = v * v
            u = math.log(v) * t
        except ValueError:
            if v < -1.0:
                return s * v
            break
        s += u * t
    return s * 2.0


def recursive_under_guards(x):
    def a(t, n):
        with np.errstate(all="ignore"):
            if n == 0:
                return t
            try:
                return b(t * x, n - 1)
            except ZeroDivisionError:
                return t

    def b(t, n):
        return a(t + 1, n) * t

    return a(x, 3)


def writes_in_a_try_of_a_closure(x):
    total = 0.0

    def add(v):
        nonlocal total
        try:
            total = total + math.log(v)
        except ValueError:
            total = total - 1.0 * v

    for k in range(3):
        add(x * k - 1)
    del k
    return total * x


def counts_attempts(x):
    n = 0
    while True:
        try:
            n += 1
            y = math.log(n - 3.5 + x) * x
            break
        except ValueError:
            if n > 9:
                raise
            continue
    return y * n


def returns_from_with_around_a_write(x):
    u = np.array([0.3, 1.1, 0.8]) * x
    with np.errstate(all="ignore"):
        if x > 1.0:
            return u[0] * u[0]
        u[2] += u[0] * x
    return np.sum(u * u)


def tries_until(x):
    k = 0
    while True:
        try:
            y = math.log(x - k)
        except ValueError:
            k -= 1
            if k < -5:
                raise
            continue
        break
    else:
        y = 0.0
    return y * y * x


XS = np.array([1.3, 0.2, -0.7, 2.1, 0.9])


def item_that_is_not_there(x):
    try:
        y = [x, 2.0 * x][5]
    except IndexError:
        y = x**3
    return y * x


def settings_put_back(x):
    old = np.seterr(divide="raise", invalid="ignore")
    try:
        y = np.sum(np.log(x) / x)
    finally:
        np.seterr(**old)
    return y


def settings_asked_for(x):
    before = np.geterr()
    for _ in range(2):
        np.seterr(all="ignore")
        x = np.sqrt(x) * x
        np.seterr(**before)
    return x @ x


CASES = [
    Case(item_that_is_not_there, (0.7,)),
    Case(logarithm_or_square, (1.7,)),
    Case(logarithm_or_square, (-0.6,)),
    Case(keeps_its_value, (1.7,)),
    Case(keeps_its_value, (-0.6,)),
    Case(two_handlers, (1.3, {"a": 2.5, "b": -1.0, "d": 0.7})),
    Case(in_a_loop, (XS,)),
    Case(late_failure, (XS,)),
    Case(returns_from_try, (1.2, 5)),
    Case(returns_from_try, (1.2, 2)),
    Case(returns_from_try, (2.3, 4)),
    Case(breaks_and_continues, (np.array([1.3, -1.4, 0.8, -0.5, 3.0]),)),
    Case(raised_by_hand, (0.8,)),
    Case(raised_by_hand, (1.8,)),
    Case(raised_again, (-0.8,)),
    Case(raised_again, (1.8,)),
    Case(with_everything, (np.array([0.3, -0.4]), np.array([[0.5, 0.2], [-0.3, 0.8]])), (0, 1)),
    Case(with_a_lock, (0.7, Quiet(), 1.3), (0, 2)),
    Case(with_in_a_loop, (np.array([0.3, 1.4]), 4)),
    Case(cleans_up, (0.4,)),
    Case(writes_last, (np.array([1.3, -0.4, 0.7]),)),
    Case(in_a_callee, (XS,)),
    Case(calls_in_try, (1.4,)),
    Case(calls_in_try, (-0.4,)),
    Case(tries_until, (-2.4,)),
    Case(returns_from_with_around_a_write, (1.7,)),
    Case(returns_from_with_around_a_write, (0.7,)),
    Case(counts_attempts, (0.7,)),
    Case(recursive_under_guards, (1.3,)),
    Case(writes_in_a_try_of_a_closure, (1.3,)),
    Case(returns_when_it_fails, (np.array([0.5, 2.0, 3.0]),)),
    Case(returns_when_it_fails, (XS,)),
    Case(leaves_when_it_fails, (XS,)),
    Case(leaves_when_it_fails, (np.array([0.5, 2.0, -3.0, 3.0]),)),
    Case(settings_put_back, (np.array([0.7, 1.3]),)),
    Case(settings_asked_for, (np.array([0.7, 1.3]),)),
]
