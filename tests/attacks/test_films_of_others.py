"""A file that only names other files is no film: nothing else of the machine is read for it."""

from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused, recognise
from jiangxue.courseware.packaging import PackagingRefused, write_package
from tests.domains.courseware.films import Film
from tests.domains.courseware.unlocking import KEY, KEY_NAME

_TEXTS = {
    "hls": "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:4.0,\n{secret}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{secret}'\n",
    "metadata": ";FFMETADATA1\ntitle={secret}\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>{secret}</BaseURL></Period></MPD>',
}


@pytest.mark.parametrize("ending", ["mp4", "ts"])
@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_a_text_that_names_a_film_is_refused(tmp_path: Path, text: str, ending: str) -> None:
    secret = Film(frames=30, width=64, height=64).write(tmp_path / "secret.mp4")
    source = tmp_path / f"film.{ending}"
    source.write_text(text.format(secret=secret))
    with pytest.raises(FileRefused):
        recognise(source, source.name)
    (tmp_path / "made").mkdir()
    with pytest.raises(PackagingRefused):  # nor would the packaging, were it ever asked
        write_package(source, tmp_path / "made", key_name=KEY_NAME, key=KEY)
    assert not (tmp_path / "made" / "master.m3u8").exists()


def test_the_film_itself_is_packaged(tmp_path: Path) -> None:
    source = Film(frames=30, width=64, height=64).write(tmp_path / "film.mp4")
    (tmp_path / "made").mkdir()
    assert recognise(source, "film.mp4").value == "video"
    write_package(source, tmp_path / "made", key_name=KEY_NAME, key=KEY)
    assert (tmp_path / "made" / "master.m3u8").exists()
