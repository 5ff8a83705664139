"""`python -m docskit check FOLDER`."""

import sys

from docskit.standalone import main
from docskit.terminal import guarded


def run() -> int:
    """The program that is installed as `docskit`."""
    return guarded(main)


if __name__ == "__main__":
    sys.exit(run())
