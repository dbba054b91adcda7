"""What a pass may know: ``facts`` (kinds and shapes), ``activity`` (varied, useful), ``aliases`` (who shares memory)."""
