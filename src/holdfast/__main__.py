"""``python -m holdfast``: the command line where its script is not on the path."""

from holdfast.cli.start import run

if __name__ == "__main__":
    run()
