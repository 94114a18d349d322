"""Why a witness does not work, as opposed to refusing a checkpoint. Each says so to people in one sentence."""

from __future__ import annotations


class NotWorking(Exception):
    """The witness can judge nothing at all: status 2."""


class InUse(NotWorking):
    """Another process holds the folder."""

    def __str__(self) -> str:
        return f"文件夹正在被另一个见证进程使用：{self.args[0]}"


class FolderExists(NotWorking):
    """There is something already where a new folder should be made."""

    def __str__(self) -> str:
        return f"已经存在，不会覆盖：{self.args[0]}"


class Damaged(NotWorking):
    """A file of the folder is missing, empty or not of its form, so that nobody knows any more what was signed."""

    def __str__(self) -> str:
        path, why = self.args
        return (
            f"见证文件夹不完整，拒绝工作：{path}（{why}）。\n"
            "不要用旧备份恢复，也不要自己补写文件：请停用这把密钥，用 init 另建新的见证文件夹，并通知平台更换公钥。"
        )


class Unusable(NotWorking):
    """Something that was given is not of its form."""

    def __str__(self) -> str:
        return str(self.args[0])
