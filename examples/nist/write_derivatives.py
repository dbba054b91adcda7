"""Writes derivatives/<model>.py for every model of models.py; the same as, for each of them,

tangentx grad models.py:misra1a --wrt b --mode jvp -o derivatives/misra1a.py
"""

import inspect
import subprocess
import sys
from pathlib import Path

import models

HERE = Path(__file__).parent


def main():
    (HERE / "derivatives").mkdir(exist_ok=True)
    for name, _ in inspect.getmembers(models, inspect.isfunction):
        command = ["grad", f"models.py:{name}", "--wrt", "b", "--mode", "jvp", "-o", f"derivatives/{name}.py"]
        subprocess.run([sys.executable, "-m", "tangentx", *command], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
