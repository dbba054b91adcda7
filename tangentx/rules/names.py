"""Which modules are counted, which names have no numbers in them, and what needs no rule.

``FROM_SOURCE``: differentiated from its own Python source, or known to the compiler (a write, a loop, a container).  It names only what
``tests/coverage_examples.py`` has an example of, in both modes; a name that gets a rule counts as one.
"""

from __future__ import annotations

__all__ = ["FROM_SOURCE", "LIBRARIES", "UNCOUNTED"]

LIBRARIES = (
    "numpy", "numpy.ndarray", "numpy.linalg", "numpy.fft", "math", "cmath", "operator", "builtins", "scipy.special", "scipy.linalg",
    "scipy.fft", "scipy.signal", "scipy.stats", "scipy.stats.distributions", "scipy.integrate", "scipy.interpolate", "scipy.sparse",
)  # fmt: skip

FROM_SOURCE: dict[str, tuple[str, ...]] = {
    "numpy": (
        "apply_over_axes", "copyto", "fill_diagonal", "gradient", "intersect1d", "piecewise", "place", "poly", "polyadd", "polyder", "polydiv",
        "polyfit", "polysub", "polyval", "put", "put_along_axis", "putmask", "row_stack", "setdiff1d", "setxor1d", "sort_complex",
        "union1d", "unstack",
    ),
    "numpy.ndarray": (
        "fill", "partition", "put", "sort",
    ),
    "operator": (
        "setitem",
    ),
    "builtins": (
        "dict", "enumerate", "filter", "frozenset", "map", "reversed", "set", "sorted", "zip",
    ),
    "scipy.integrate": (
        "romb",
    ),
    "scipy.special": (
        "comb", "factorial", "perm",
    ),
    "scipy.linalg": (
        "companion", "norm",
    ),
    "scipy.signal": (
        "chirp", "gausspulse", "sweep_poly",
    ),
}  # fmt: skip

# module -> why -> names
UNCOUNTED: dict[str, dict[str, tuple[str, ...]]] = {
    "numpy": {
        "text": (
            "array2string", "array_repr", "array_str", "base_repr", "binary_repr", "format_float_positional",
            "format_float_scientific", "set_printoptions", "get_printoptions", "printoptions", "typename", "info", "fromstring",
        ),
        "files and memory": (
            "fromfile", "fromregex", "genfromtxt", "load", "loadtxt", "save", "savetxt", "savez", "savez_compressed",
            "frombuffer", "from_dlpack", "nested_iters", "memmap",
        ),
        "settings": ("setbufsize", "getbufsize", "seterr", "seterrcall", "geterrcall", "get_include", "show_config", "show_runtime", "test",),
        "dates": ("busday_count", "busday_offset", "is_busday", "datetime_as_string", "datetime_data", "isnat",),
        "bits": ("packbits", "unpackbits",),
        "types": ("isdtype", "mintypecode", "asmatrix", "bmat",),
        "an iterator": ("nditer", "ndenumerate", "ndindex", "broadcast",),
        "makes a function": ("frompyfunc", "vectorize",),
        "counts": ("histogram_bin_edges", "unique_counts", "unique_inverse",),
    },
    "numpy.ndarray": {
        "text, files and memory": (
            "base", "ctypes", "data", "device", "dump", "dumps", "getfield", "setfield", "setflags", "to_device", "tobytes",
            "tofile", "byteswap", "flags",
        ),
    },
    "operator": {
        "no arithmetic": ("attrgetter", "itemgetter", "methodcaller", "call", "delitem", "iconcat", "ior", "or_",),
    },
    "builtins": {
        "the interpreter": (
            "aiter", "anext", "breakpoint", "compile", "copyright", "credits", "eval", "exec", "exit", "globals", "help",
            "input", "license", "locals", "open", "quit", "vars", "memoryview",
        ),
        "classes and objects": ("bytearray", "bytes", "classmethod", "delattr", "dir", "object", "property", "setattr", "staticmethod", "super",),
    },
    "scipy.special": {
        "settings": ("geterr", "seterr", "errstate",),
        "whole numbers": ("bernoulli", "euler", "factorial2", "factorialk", "stirling2",),
    },
    "scipy.linalg": {
        "settings": ("find_best_blas_type", "get_blas_funcs", "get_lapack_funcs",),
        "made of whole numbers": ("dft", "hadamard", "helmert", "hilbert", "invhilbert", "invpascal", "pascal", "clarkson_woodruff_transform",),
        "tests": ("ishermitian", "issymmetric", "bandwidth",),
    },
    "scipy.fft": {
        "settings": ("get_workers", "register_backend", "set_backend", "set_global_backend", "set_workers", "skip_backend",),
        "whole numbers": ("next_fast_len", "prev_fast_len",),
    },
    "scipy.signal": {
        "settings": ("choose_conv_method",),
        "whole numbers and tests": ("check_COLA", "check_NOLA", "max_len_seq", "unit_impulse", "correlation_lags",),
    },
    "scipy.stats": {
        "makes a distribution": ("make_distribution",),
        "plots": ("ppcc_plot", "probplot", "boxcox_normplot", "yeojohnson_normplot",),
    },
    "scipy.sparse": {
        "files": ("load_npz", "save_npz",),
        "tests": (
            "isspmatrix", "isspmatrix_bsr", "isspmatrix_coo", "isspmatrix_csc", "isspmatrix_csr", "isspmatrix_dia",
            "isspmatrix_dok", "isspmatrix_lil", "issparse", "get_index_dtype", "safely_cast_index_arrays",
        ),
    },
}  # fmt: skip
