"""What Pillow raises over files that are not what they say."""

import struct
import zlib

UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""For the caged processes that read pictures alone: there a fault of any of these kinds is the file's."""
