"""What becomes LibreOffice in the cage: `python -m jiangxue.courseware.paging.caged_office PROGRAM DOCUMENT LIMITS`.

The process does not start LibreOffice but turns into it, so walls, network and end hold without a process between.
"""

import json
import os
import sys
from pathlib import Path

from jiangxue.courseware.paging.office import NETWORK_IS_OPEN
from jiangxue.courseware.paging.shapes import PagingLimits
from jiangxue.kernel.cage import confine
from jiangxue.kernel.view import View

_FONTS = Path(__file__).with_name("fonts.conf")
# No macro runs and no link is followed; active content stays allowed, because charts count as that; the language decides which shapes letters have.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
 <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
 <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
 <item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale_CJK" oor:op="fuse"><value>zh-CN</value></prop></item>
 <item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
</oor:items>
"""


def main(program: Path, document: Path, limits: PagingLimits) -> int:
    """Turn into the program; come back only where the network stays open."""
    folder = document.parent
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
    # LibreOffice's own folder: `program` lies in it.
    office = program.parents[1] if program.parent.name == "program" else program
    if not confine(limits.office_walls, View(read=(program, office), written=(folder,))):
        return NETWORK_IS_OPEN
    arguments = (
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--convert-to", "pdf", "--outdir", str(folder), str(document)),
    )
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        # Without /proc the program cannot tell where it lies, and does not find its own libraries.
        "LD_LIBRARY_PATH": str(program.parent),
        "FONTCONFIG_FILE": str(_FONTS),
        "SAL_USE_VCLPLUGIN": "svp",
    }
    os.chdir(folder)
    os.execve(program, (str(program), *arguments), environment)  # noqa: S606 - no shell
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), PagingLimits(**json.loads(sys.argv[3]))))
