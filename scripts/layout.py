"""Where things lie: the repository, its build folder and the data folder."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / "build"
STAMPS = BUILD / "stamps"

# Where root puts what an unprivileged account cannot reach below the data folder (see decision 0001).
OUTSIDE = Path("/var/lib/jiangxue")

# A file system in memory, where the system has one.
MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class DataFolder:
    """The one folder that holds everything an installation must keep; nothing of it need be kept if it is expendable."""

    root: Path
    is_expendable: bool = False

    @property
    def postgres(self) -> Path:
        """The database cluster, or a link to it when it had to lie elsewhere."""
        return self.root / "postgres"

    @property
    def secrets(self) -> Path:
        """Random keys and the passwords of the database roles."""
        return self.root / "secrets"

    @property
    def tls(self) -> Path:
        """Our own certificate for the local network."""
        return self.root / "tls"

    @property
    def logs(self) -> Path:
        """One log for each child."""
        return self.root / "logs"

    @property
    def signer(self) -> Path:
        """The signer's key and memory; nobody else writes there, and no old copy of it is ever brought back."""
        return self.root / "signer"

    @property
    def witness(self) -> Path:
        """The folder of the demonstration's witness, which elsewhere lies with somebody else."""
        return self.root / "witness"

    @property
    def run(self) -> Path:
        """What belongs to a running installation: lock, socket, stamps."""
        return self.root / "run"

    def make(self) -> None:
        """Make the folder and its parts; folders that exist keep their rights, parents are never touched."""
        # 0711: an unprivileged account may pass through to its own part, and nobody can list what lies beside it.
        for folder, mode in ((self.root, 0o711), (self.run, 0o711), (self.secrets, 0o700), (self.logs, 0o700)):
            if not folder.is_dir():
                folder.mkdir(parents=True)
                folder.chmod(mode)


def data_folder() -> DataFolder:
    """Return the data folder that `JIANGXUE_DATA` names, by default `data` in the repository."""
    return DataFolder((REPOSITORY / os.environ.get("JIANGXUE_DATA", "data")).resolve())


def folder_of_tests() -> DataFolder:
    """Return the data folder of the tests: never the one that serves, whatever the environment says."""
    return DataFolder(REPOSITORY / ".test-data", is_expendable=True)
