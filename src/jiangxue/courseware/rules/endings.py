"""Which endings the names of files may have. Clause T1.1."""

ENDINGS: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    "docx": frozenset({"docx", "wps"}),
    "doc": frozenset({"doc", "wps"}),
    "pptx": frozenset({"pptx", "ppsx", "dps"}),
    "ppt": frozenset({"ppt", "pps", "dps"}),
    "jpg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "png": frozenset({"png"}),
    "webp": frozenset({"webp"}),
    "gif": frozenset({"gif"}),
    "bmp": frozenset({"bmp", "dib"}),
    "tif": frozenset({"tif", "tiff"}),
    "mp4": frozenset({"mp4", "m4v", "mov", "qt", "3gp", "3g2", "m4a", "f4v"}),
    "mkv": frozenset({"mkv", "webm", "mka"}),
    "avi": frozenset({"avi"}),
    "flv": frozenset({"flv"}),
    "wmv": frozenset({"wmv", "asf", "wma"}),
    "ts": frozenset({"ts", "mts", "m2ts", "m2t"}),
    "mpg": frozenset({"mpg", "mpeg", "vob", "dat"}),
    "rmvb": frozenset({"rm", "rmvb"}),
    "ogg": frozenset({"ogg", "ogv", "oga", "opus"}),
    "mp3": frozenset({"mp3", "mp2", "mpga"}),
    "aac": frozenset({"aac"}),
    "wav": frozenset({"wav"}),
    "flac": frozenset({"flac"}),
    "amr": frozenset({"amr"}),
    "aif": frozenset({"aif", "aiff", "aifc"}),
}
"""By the usual ending of a content; a name may bear any of its fellows."""

MACRO_ENDINGS = frozenset({"docm", "dotm", "pptm", "ppsm", "potm"})
AUDIO_ENDINGS = frozenset({"m4a", "mka", "wma", "oga", "opus", "ogg"})
