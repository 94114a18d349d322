"""The command line of a witness. Status 0: done or signed; 1: refused; 2: it could not be judged."""

from __future__ import annotations

import argparse
import io
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from jiangxue_verify.hashing import HASHES
from jiangxue_witness.clock import machine_clock
from jiangxue_witness.deciding import SIZE, Answer
from jiangxue_witness.disk import write_synced
from jiangxue_witness.errors import NotWorking
from jiangxue_witness.folder import Folder, create_folder, open_folder
from jiangxue_witness.judging import NoEvidence, Verdict, judge
from jiangxue_witness.keys import SEED_BYTES, LogKey, log_verifier, written
from jiangxue_witness.requests import MAX_REQUEST_BYTES
from jiangxue_witness.server import WitnessServer, address_of, serve
from jiangxue_witness.status import status_text
from jiangxue_witness.witness import Witness

_REFUSED = (403, 409, 422)
"""Statuses that speak of the log; all others say that nothing could be judged."""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its status."""
    for stream in (sys.stdout, sys.stderr):  # the same bytes on every system, Windows included
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        asked = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = asked.command
        return command(asked)
    except NotWorking as error:
        _say(str(error))
        return 2
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="witness", description="匠学存证日志的见证程序")
    commands = parser.add_subparsers(required=True, metavar="命令")
    init = _command(commands, "init", _init, "新建见证文件夹和密钥，并显示公钥")
    init.add_argument("--name", required=True, help="见证方名称，如 witness.example.gov.cn/jiangxue")
    add = _command(commands, "add-log", _add_log, "登记一个存证日志")
    add.add_argument("verifier_key", help="存证日志的公钥，整行")
    add.add_argument("--hash", default="sha256", choices=sorted(HASHES), help="存证日志的散列算法，默认 sha256")
    server = _command(commands, "serve", _serve, "作为服务运行")
    server.add_argument("--listen", default="127.0.0.1:8071", help="监听地址，默认 127.0.0.1:8071")
    server.add_argument("--prefix", default="", help="网址路径前缀，如 /jiangxue；默认没有")
    sign = _command(commands, "sign", _sign, "签署一份邮寄来的请求")
    sign.add_argument("request", type=Path, help="请求文件")
    sign.add_argument("--answer", type=Path, help="把签名写入这个新文件（在 Windows 的 PowerShell 中请用它代替 >）")
    judge_ = commands.add_parser("evidence", help="复核一份证据能证明什么（不需要见证文件夹）")
    judge_.add_argument("evidence", type=Path, help="evidence/ 中的文件")
    judge_.add_argument("--log", required=True, help="存证日志的公钥，整行")
    judge_.add_argument("--hash", default="sha256", choices=sorted(HASHES), help="存证日志的散列算法，默认 sha256")
    judge_.add_argument("--proof", type=Path, help="平台给出的一致性证明")
    judge_.set_defaults(command=_evidence)
    _command(commands, "status", _status, "显示名称、公钥和最后签署的检查点")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Callable[[argparse.Namespace], int],
    words: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    parser.add_argument("--folder", type=Path, required=True, help="见证文件夹")
    parser.set_defaults(command=command)
    return parser


def _init(asked: argparse.Namespace) -> int:
    key = create_folder(asked.folder, asked.name, secrets.token_bytes(SEED_BYTES))
    sys.stdout.write(f"{written(key.verifier)}\n")
    _say("以上一行是公钥，请交给平台和需要核对的人。密钥在文件夹的 key 文件中，不要给任何人，也不要复制到别处。")
    return 0


def _add_log(asked: argparse.Namespace) -> int:
    with open_folder(asked.folder) as folder:
        origin = folder.add_log(asked.verifier_key.strip(), asked.hash)
    _say(f"已登记存证日志 {origin}。")
    return 0


def _serve(asked: argparse.Namespace) -> int:
    address = address_of(asked.listen)
    with open_folder(asked.folder) as folder:
        try:
            server = WitnessServer(address, Witness(folder, machine_clock, _say), asked.prefix.rstrip("/"))
        except OSError as error:
            raise NotWorking(f"无法监听 {asked.listen}：{error.strerror}") from error
        serve(server, lambda where: _say(f"见证服务已启动：{where}/add-checkpoint，状态页：{where}/status"))
    return 0


def _sign(asked: argparse.Namespace) -> int:
    if asked.answer is not None and asked.answer.exists():
        raise NotWorking(f"已经存在，不会覆盖：{asked.answer}")
    body = _bytes_in(asked.request)
    with open_folder(asked.folder) as folder:
        answer = Witness(folder, machine_clock, _say).answer(body)
    if answer.status == 200:
        if asked.answer is None:
            sys.stdout.write(answer.body.decode())
        else:
            write_synced(asked.answer, answer.body, mode=0o644)
        return 0
    _say(_words_of(answer))
    return 1 if answer.status in _REFUSED else 2


def _status(asked: argparse.Namespace) -> int:
    sys.stdout.write(status_text(Folder(asked.folder)))  # without the lock: files are replaced whole
    return 0


def _evidence(asked: argparse.Namespace) -> int:
    log = LogKey(log_verifier(asked.log.strip()), asked.hash, HASHES[asked.hash])
    proof = None if asked.proof is None else _bytes_in(asked.proof)
    try:
        verdict, old, new = judge(_bytes_in(asked.evidence), log, proof)
    except NoEvidence as error:
        raise NotWorking("这不是关于该存证日志的证据：格式不符，或没有该日志的有效签名") from error
    sys.stdout.write(verdict.value.format(old=old.size, new=new.size) + "\n")
    return {Verdict.CONTINUES: 0, Verdict.FORK: 1, Verdict.UNPROVED: 2}[verdict]


def _bytes_in(path: Path) -> bytes:
    """Return the content of a file, or as much of it as shows that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(2 * MAX_REQUEST_BYTES)
    except OSError as error:
        raise NotWorking(f"无法读取文件：{path}（{error.strerror}）") from error


def _words_of(answer: Answer) -> str:
    assert answer.reason is not None
    words = f"没有签署（{answer.status}）：{answer.reason.value}。"
    if answer.content_type == SIZE:
        words += f"本见证方最后签署的大小是 {answer.body.decode().strip()}。"
    return words


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
