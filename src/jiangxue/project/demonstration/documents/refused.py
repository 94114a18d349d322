"""The file that is to be refused: a Word file that carries a macro part. The part holds words, no program."""

import re
from collections.abc import Mapping
from pathlib import Path

from jiangxue.project.demonstration.documents.archives import rewritten
from jiangxue.project.demonstration.documents.texts.blocks import DocumentText, Heading, Paragraph, Steps
from jiangxue.project.demonstration.documents.word import word_file

REFUSED_NAME = "触电急救讲义（旧版）.docx"
MACRO_PART = "word/vbaProject.bin"
_PLAIN_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_MAIN = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_MACRO_TYPE = b'<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
_MACRO_RELATION = (
    b'<Relationship Id="rIdMacro" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
    b' Target="vbaProject.bin"/></Relationships>'
)
_NO_PROGRAM = "这里没有程序，只有这句话：演示用的宏部件，用来说明带宏的文件会被拒收。\n".encode() * 8

REFUSED = DocumentText(
    slug="first-aid-old",
    title="触电急救讲义（旧版）",
    subtitle="低压电工安全操作基础　讲义",
    notice="演示内容：这份文件带有宏，用来演示拒收",
    blocks=(
        Heading("一、先断电，再救人"),
        Paragraph("发现有人触电，首先使他脱离电源：拉下开关，拔下插头；开关不在身边，用干燥的木棒挑开电线。"),
        Heading("二、判断，呼救，按压"),
        Steps(
            (
                "拍双肩，大声呼叫，10 秒内判断有没有反应和呼吸。",
                "请旁边的人打 120，取自动除颤器。",
                "没有正常呼吸，马上胸外按压：按压 30 次，吹气 2 次。",
                "坚持到医生接手。",
            )
        ),
    ),
)


def refused_file(fonts: Path) -> bytes:
    """Return the .docx with the macro part, its content type and its relation, as an office program would have saved it."""
    return rewritten(word_file(REFUSED, fonts), _with_macro)


def _with_macro(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    return {
        **parts,
        types: re.sub(rb"</Types>\s*$", _MACRO_TYPE, parts[types]).replace(_PLAIN_MAIN, _MACRO_MAIN),
        relations: re.sub(rb"</Relationships>\s*$", _MACRO_RELATION, parts[relations]),
        MACRO_PART: _NO_PROGRAM,
    }
