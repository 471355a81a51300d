"""The child of budgeted: takes away what it does not need, reads the file, answers. Imports nothing of Django.

Run by its path: ROOT CPU MEMORY call JOB OPTIONS, or ROOT CPU MEMORY exec PROGRAM ARGUMENTS.
"""

import os
import resource
import sys

OUT_OF_MEMORY, REFUSED, FAILED = 70, 71, 72
NEW_USER, NEW_NET = 0x10000000, 0x40000000  # clone(2)


class No(Exception):
    """A job does not take a file. reason: a word of the job's own. detail: what a person may want to know."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def limit(cpu: int, memory: int) -> None:
    """CPU seconds, address space, no file written, few files open, no core; and no network where that can be had."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    without_network()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def without_network() -> None:
    """A network of its own, with nothing in it, where the kernel gives one. Costs less than a millisecond."""
    import ctypes

    ctypes.CDLL(None, use_errno=True).unshare(NEW_USER | NEW_NET)


def call(job: str, options: str) -> int:
    import json

    module, _, name = job.partition(":")
    content = sys.stdin.buffer.read()
    try:
        found, body = getattr(__import__(module, fromlist=[name]), name)(content, **json.loads(options))
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:
        if type(error).__name__ == "No":  # of this file, which stands in memory twice: as script and as module
            sys.stdout.buffer.write(json.dumps({"reason": error.reason, "detail": error.detail}).encode())  # type: ignore[attr-defined]
            sys.stdout.buffer.flush()
            return REFUSED
        sys.stderr.write(f"{type(error).__name__}: {error}"[:2000])
        return FAILED
    head = json.dumps(found).encode()
    out = sys.stdout.buffer
    out.write(f"{len(head):<16}".encode())
    out.write(head)
    out.write(body)
    out.flush()
    return 0


def main(root: str, cpu: str, memory: str, kind: str, *rest: str) -> int:
    limit(int(cpu), int(memory))
    if kind == "exec":
        os.execv(rest[0], rest)  # noqa: S606 (the parent names the program)
    sys.path.insert(0, root)
    return call(*rest)


if __name__ == "__main__":
    # Left without clearing up: what a broken file did to this process is nobody's any more.
    status = main(*sys.argv[1:])
    sys.stderr.flush()
    os._exit(status)
