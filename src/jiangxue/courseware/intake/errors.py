"""Why a file is not taken in."""

from jiangxue.courseware.rules.files import FileFault


class FileRefused(Exception):
    """The file is refused; `detail` says what was found, without words to translate ("pdf", "oleObject", "612 > 500")."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail
