"""Rules of NumPy; CuPy shares them."""
