"""Receivers for outgoing messages: a gateway that judges signatures, and a mail server that takes what it is given."""

import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "a key that both sides hold, long enough"


@dataclass
class Gateway:
    """A gateway as its maker would write one: it knows the documentation and none of our code."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    taken: dict[str, dict[str, str]] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)
    nonces: set[str] = field(default_factory=set)
    hold: threading.Event | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sms?city=hefei"

    def answer(self, path: str, headers: Any, body: bytes) -> int:
        stamp, nonce = headers["X-Zhitong-Timestamp"], headers["X-Zhitong-Nonce"]
        wanted = hmac.new(KEY.encode(), stamp.encode() + b"\n" + nonce.encode() + b"\n" + body, "sha256").hexdigest()
        key = headers["Idempotency-Key"]
        self.calls.append({"path": path, "key": key, "stamp": int(stamp)})
        if not hmac.compare_digest(headers["X-Zhitong-Signature"], f"sha256={wanted}") or nonce in self.nonces:
            return 401
        self.nonces.add(nonce)
        if self.hold is not None:
            self.hold.wait(20)
        status = self.answers.pop(0) if self.answers else 200
        if status < 300:
            self.taken.setdefault(key, json.loads(body))
        return status


@contextmanager
def gateway_running() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = gateway.answer(self.path, self.headers, body)
            try:
                self.send_response(status)
                if status // 100 == 3:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is http.server's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.port = server.server_address[1]
    with _serving(server):
        yield gateway


@dataclass
class MailServer:
    port: int = 0
    refuse: str = ""
    mails: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)


@contextmanager
def mail_server_running() -> Iterator[MailServer]:
    """Speaks as much SMTP as a sending program needs."""
    taken = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 mail.test")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"RCPT":
                    taken.recipients.append(line.decode().strip())
                    self._say(taken.refuse or "250 yes")
                elif verb == b"DATA":
                    self._say("354 go on")
                    taken.mails.append(message_from_bytes(b"".join(iter(self.rfile.readline, b".\r\n"))))
                    self._say("250 taken")
                elif verb == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 yes")

        def _say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

    class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    taken.port = server.server_address[1]
    with _serving(server):
        yield taken


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
