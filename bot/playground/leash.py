"""Becomes another program that ends when its parent does, even when the parent is killed with -9.

Run by path, as `python -I leash.py PARENT_PID PROGRAM ARGUMENT…`, so it imports nothing of ours. The promise is Linux's
(PR_SET_PDEATHSIG, prctl(2): kept over exec, lost over fork); other systems have no such call, and the program stays.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the call above could take hold
        sys.exit(1)
    # Becoming the given program is the whole point.
    os.execvp(program[0], program)  # noqa: S606  # nosec B606
