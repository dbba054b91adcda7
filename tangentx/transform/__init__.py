"""The derivative transformations, IR -> IR: ``forward``; ``augment`` -> ``reverse`` -> ``record`` (-> ``split``)."""
