"""`python -m carnet`: the command line."""

from carnet.flows.cli import main

if __name__ == "__main__":
    main()
