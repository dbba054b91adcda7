"""Writes the generated files of the examples anew, as the command line does it:

tangentx grad models.py:misra1a --wrt b --mode jvp -o derivatives/misra1a.py             in nist/, and so for each of its models
tangentx grad model.py:loss --wrt W1,b1,W2,b2 --mode value_and_grad -o gradient.py       in digits/
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def write(folder, target, wrt, mode, output):
    command = [sys.executable, "-m", "tangentx", "grad", target, "--wrt", wrt, "--mode", mode, "-o", output]
    subprocess.run(command, cwd=HERE / folder, check=True)


def main():
    for name in re.findall(r"^def (\w+)", (HERE / "nist" / "models.py").read_text(encoding="utf-8"), re.MULTILINE):
        write("nist", f"models.py:{name}", "b", "jvp", f"derivatives/{name}.py")
    write("digits", "model.py:loss", "W1,b1,W2,b2", "value_and_grad", "gradient.py")


if __name__ == "__main__":
    main()
