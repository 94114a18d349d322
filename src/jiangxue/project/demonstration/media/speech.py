"""Mandarin speech by espeak-ng, loaded from the wheel `espeakng-loader`; synthetic, and the slides say so."""

import ctypes
from typing import ClassVar

import espeakng_loader  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from jiangxue.project.demonstration.media.errors import Unpronounceable, VoiceMissing

type Sound = NDArray[np.float32]
"""Mono samples between -1 and 1."""

_VOICE = b"cmn"
_OUTPUT_SYNCHRONOUS = 2
_UTF8_WITH_PHONEMES = 0x101
_PARAMETERS = {1: 184, 3: 42, 7: 1}  # words a minute, pitch, gap between words in 10 ms: a calm teacher
_SILENCE = 0.004

# What the voice reads wrongly, in tones of pinyin or in its own phonemes; found by reading the phonemes of every sentence.
_PRONOUNCED = (
    ("相线", "xiang4线"),
    ("两相", "两xiang4"),
    ("一相一相", "一xiang4一xiang4"),
    ("拉，切，挑", "拉，qie1，tiao3"),
    ("切，就是", "qie1，就是"),
    ("挑", "tiao3"),
    ("拽", "zhuai4"),
    ("弹回", "tan2回"),
    ("胸", " [[S;'ong55]] "),
)

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Voice:
    """The one voice of a process; espeak-ng keeps its state globally, so a process starts it once."""

    _started: ClassVar["Voice | None"] = None

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        data = espeakng_loader.get_data_path().encode()
        self.rate_hz: int = self._library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 0, data, 0)
        if self.rate_hz <= 0 or self._library.espeak_SetVoiceByName(_VOICE) != 0:
            raise VoiceMissing("espeak-ng does not start with the voice cmn")
        for parameter, value in _PARAMETERS.items():
            self._library.espeak_SetParameter(parameter, value, 0)
        self._pieces: list[NDArray[np.int16]] = []
        self._callback = _Callback(self._keep)  # espeak-ng holds only a pointer, so it must live as long as the voice
        self._library.espeak_SetSynthCallback(self._callback)

    @classmethod
    def of_this_process(cls) -> "Voice":
        """Return the voice, started at the first call."""
        if cls._started is None:
            cls._started = cls()
        return cls._started

    def say(self, sentence: str) -> Sound:
        """Return the sound of one sentence at `rate_hz`, without the silence around it.

        Raises `Unpronounceable` for a character the voice does not know: it would say the words "Chinese letter" instead.
        """
        text = _respelled(sentence).encode() + b"\0"
        if "(en)" in self._phonemes(text):
            raise Unpronounceable(sentence)
        self._pieces = []
        self._library.espeak_Synth(text, len(text), 0, 1, 0, _UTF8_WITH_PHONEMES, None, None)
        self._library.espeak_Synchronize()
        if not self._pieces:
            raise Unpronounceable(sentence)
        return _without_silence(np.concatenate(self._pieces).astype(np.float32) / np.float32(32768))

    def _phonemes(self, text: bytes) -> str:
        """Return the phonemes of all clauses; a switch to the English voice shows as `(en)`."""
        start = ctypes.c_char_p(text)
        clauses = []
        while start.value:
            clauses.append(self._library.espeak_TextToPhonemes(ctypes.byref(start), _UTF8_WITH_PHONEMES, 0))
        return b" ".join(clauses).decode()

    def _keep(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0


def _respelled(sentence: str) -> str:
    for written, spoken in _PRONOUNCED:
        sentence = sentence.replace(written, spoken)
    return sentence


def _without_silence(sound: Sound) -> Sound:
    heard = np.flatnonzero(np.abs(sound) > _SILENCE)
    return sound[heard[0] : heard[-1] + 1] if heard.size else sound[:0]
