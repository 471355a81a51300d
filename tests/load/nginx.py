"""nginx before a server of the library: the configuration of the operators' manual, on a free port, with TLS."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path

from tests.load.server import ROOT, Server

CONFIGURATION = ROOT / "docs" / "operators" / "nginx.conf"
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Nginx(AbstractContextManager["Nginx"]):
    """port: where it speaks TLS, under a certificate made for the test."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.folder = folder
        self.port, plain = _free_port(), _free_port()
        self._certify()
        text = CONFIGURATION.read_text()
        for old, new in {
            "user www-data;": "user root;" if os.getuid() == 0 else "",  # who may write into the test's folder
            "/run/nginx.pid": str(folder / "nginx.pid"),
            "/var/log/nginx": str(folder),
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "/etc/ssl/library/fullchain.pem": str(folder / "cert.pem"),
            "/etc/ssl/library/privkey.pem": str(folder / "key.pem"),
            "library.example.org": "localhost",
            "127.0.0.1:8000": f"127.0.0.1:{server.port}",
        }.items():
            assert old in text, f"{CONFIGURATION.name} no longer says {old!r}"
            text = text.replace(old, new)
        # Where a process without rights may write; everything else is the manual's.
        names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"    {name}_temp_path {folder / name};\n" for name in names)
        (folder / "nginx.conf").write_text(text.replace("http {\n", f"http {{\n{places}", 1))

    def _certify(self) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"],
            check=True, capture_output=True,
        )  # fmt: skip

    def __enter__(self) -> "Nginx":
        command = [str(PROGRAM), "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;", "-e", "stderr"]
        with (self.folder / "nginx.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        for _attempt in range(100):
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self.port), timeout=1)):
                return self
            time.sleep(0.1)
        raise AssertionError((self.folder / "nginx.log").read_text())

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
