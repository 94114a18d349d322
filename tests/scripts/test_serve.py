"""What `make serve` and the set-up say when they cannot go on: plainly, and with the way out."""

import os
import socket
import subprocess
import sys

import pytest

from scripts.layout import REPOSITORY


def serve(data, **variables):
    return subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=REPOSITORY,
        env={**os.environ, "JIANGXUE_DATA": str(data.root), **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_named_with_the_variable_that_changes_it(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = serve(data, PORT=str(port))
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr
    assert "PORT=" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", ""])
def test_a_port_that_is_no_port_is_refused(data, port):
    assert f"not '{port}'" in serve(data, PORT=port).stderr


def test_a_data_folder_is_made_closed_to_others(data):
    serve(data, PORT="0")
    assert (data.secrets.stat().st_mode & 0o777) == 0o700
    assert (data.logs.stat().st_mode & 0o777) == 0o700


def test_a_python_that_is_none_is_refused_by_name():
    refused = subprocess.run(
        [REPOSITORY / "scripts" / "setup.sh", "serve"],
        env={**os.environ, "PYTHON": "/bin/false"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert "PYTHON=/bin/false is no CPython 3.12" in refused.stderr
