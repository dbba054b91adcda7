"""Rules of the run-time helpers in ``tangentx.runtime``, so that gradients of gradients work."""
