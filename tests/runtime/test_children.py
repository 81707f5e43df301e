"""A watched process is started again when it dies, ever more slowly while it keeps dying."""

import os
import sys
import time

import pytest

from config.runtime.children import Child, spawn


def run(code: str, log) -> Child:
    child = Child("helper", spawn([sys.executable, "-c", code], os.environ), log)
    child.start()
    return child


def test_a_dead_process_is_started_again(tmp_path):
    child, said = run("import time; time.sleep(60)", tmp_path / "log"), []
    first = child.process
    first.kill()
    first.wait(10)
    until = time.monotonic() + 10
    while (child.process is None or child.process is first) and time.monotonic() < until:
        child.watch(said.append)
    assert child.process.poll() is None
    assert "killed by SIGKILL" in said[0]
    child.ask_to_stop()
    assert child.stopped(seconds=10)


def test_a_process_that_keeps_dying_waits_longer_each_time(tmp_path):
    child, waits = run("raise SystemExit(3)", tmp_path / "log"), []
    while len(waits) < 3:
        child.watch(lambda line: waits.append(child.wait))
        time.sleep(0.01)
    assert waits == pytest.approx([0.3, 0.6, 1.2])


def test_a_process_that_will_not_end_is_ended(tmp_path):
    log = tmp_path / "log"
    child = run("import signal,time; signal.signal(15, signal.SIG_IGN); print('on', flush=True); time.sleep(60)", log)
    while "on" not in log.read_text():
        time.sleep(0.02)
    child.ask_to_stop()
    assert not child.stopped(seconds=0.3)
    assert child.process.poll() is not None
