"""``scipy.stats``: the methods of the distributions.  A frozen distribution is refused: write ``stats.norm.logpdf(x, loc, scale)``."""
