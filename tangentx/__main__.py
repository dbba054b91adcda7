"""``python -m tangentx``."""

from tangentx.cli import main

if __name__ == "__main__":
    main()
