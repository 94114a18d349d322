"""Why a checkpoint is refused, and how that is said to people."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """A refusal; its value is the sentence."""

    MALFORMED = "请求的格式不符合规定"
    TOO_LARGE = "请求超过 64 KiB"
    LINE_ENDS = "请求的换行符被改动过（应只有 LF）：请让对方以附件原样发送，不要复制粘贴正文"
    OLD_ABOVE_NEW = "请求中的旧大小大于检查点的大小"
    UNKNOWN_LOG = "本见证方没有登记这个存证日志"
    NOT_SIGNED = "检查点上没有该存证日志的有效签名"
    OTHER_SIZE = "请求中的旧大小不是本见证方最后签署的大小"
    FORK = "分叉：存证日志为同一大小签署了两个不同的根"
    REWRITTEN = "一致性证明不成立：存证日志没有证明新检查点延续了本见证方最后签署的检查点，历史可能被改写"
    CLOCK_BEHIND = "本机时钟早于最后一次签署的时间，或明显不对：请先校准时钟"
    NOT_KEPT = "新检查点没能写入本机磁盘，所以没有签署"


def line(reason: Reason) -> bytes:
    """Return a refusal as one line of text."""
    return f"{reason.value}\n".encode()
