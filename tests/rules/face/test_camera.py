"""A camera that is a program gives itself away where nobody hid it, and honest cameras are left alone (docs/rules/face-checks.md, cameras)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.camera import Grade, Sign, signs_of
from jiangxue.facecheck.rules.camera_claims import CameraClaims

pytestmark = pytest.mark.clause("T4")
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
HONEST = {
    "label": "Integrated Camera (13d3:56a2)",
    "constructor": "MediaStreamTrack",
    "inputs": 1,
    "settings": {"width": 640, "height": 480, "frameRate": 30, "deviceId": "c0ffee"},
    "capabilities": {
        "width": {"min": 1, "max": 1280},
        "height": {"min": 1, "max": 720},
        "exposureMode": ["manual", "continuous"],
    },
    "supported": ["width", "height", "facingMode", "deviceId"],
    "native": True,
    "frame_callback": True,
    "screen": [1440, 900],
    "agent": CHROME,
}


def signs(**said):
    return set(signs_of(CameraClaims.from_claims(HONEST | said)))


def grades(**said):
    return {sign.grade for sign in signs(**said)}


@pytest.mark.parametrize(
    "label",
    [
        "OBS Virtual Camera",
        "OBS-Camera",
        "ManyCam Virtual Webcam",
        "Snap Camera",
        "XSplit VCam",
        "e2eSoft VCam",
        "mmhmm Camera",
        "CamTwist",
        "AlterCam",
        "SplitCam Video Driver",
        "CyberLink YouCam 7",
        "vMix Video",
        "Webcamoid",
        "akvcam",
        "Dummy video device (0x0000) (platform:v4l2loopback-000)",
        "Chrome Virtual Webcam",
        "Virtual_Camera",
        "ＯＢＳ　Ｖｉｒｔｕａｌ　Ｃａｍｅｒａ",
        "虚拟摄像头",
        "虚 拟 摄像头 (1)",
        "金舟虚拟摄像头",
        "抖音直播伴侣虚拟摄像头",
        "虛擬攝影機",
        "有他相机",
        "fake_device_0",
        "/home/li/face.mjpeg",
        "C:\\Users\\li\\face.y4m",
        "face_640x480_60f.mjpeg",
    ],
)
def test_a_label_that_names_a_virtual_camera_or_a_file_blocks(label):
    assert Grade.BLOCK in grades(label=label)


@pytest.mark.parametrize(
    "label",
    [
        "OBSBOT Tiny 2 (3564:fef8)",
        "HD Pro Webcam C920 (046d:082d)",
        "FaceTime HD Camera (Built-in) (05ac:8514)",
        "USB2.0 HD UVC WebCam (0408:5365)",
        "HP Wide Vision HD Camera (04f2:b735)",
        "USB PC Camera / Audio (0c45:6366)",
        "集成摄像头 (5986:2113)",
        "camera2 1, facing front",
        "前置相机",
        "Front Camera",
        "Jobs Camera (1234:abcd)",
    ],
)
@pytest.mark.parametrize("agent", [CHROME, ANDROID, SAFARI])
def test_a_real_camera_is_left_alone(label, agent):
    assert grades(label=label, agent=agent) <= {Grade.NOTE}
    assert Sign.CAMERA_SOFTWARE not in signs(label=label, agent=agent)


@pytest.mark.parametrize(
    "label",
    [
        "e2eSoft iVCam",
        "Camera (NVIDIA Broadcast)",
        "Logi Capture",
        "DroidCam Source 3",
        "Iriun Webcam",
        "EpocCam Camera",
        "Camo",
    ],
)
def test_a_program_before_a_real_camera_is_named_and_not_blocked(label):
    assert Sign.CAMERA_SOFTWARE in signs(label=label)
    assert grades(label=label) == {Grade.NOTE}


def test_an_honest_camera_gives_no_sign():
    assert signs() == set()


@pytest.mark.parametrize(
    ("said", "sign", "grade"),
    [
        ({"constructor": "CanvasCaptureMediaStreamTrack"}, Sign.GENERATED_TRACK, Grade.BLOCK),
        ({"constructor": "MediaStreamTrackGenerator"}, Sign.GENERATED_TRACK, Grade.BLOCK),
        ({"constructor": "Proxy"}, Sign.OTHER_TRACK, Grade.STEP_UP),
        ({"label": ""}, Sign.NO_LABEL, Grade.STEP_UP),
        ({"label": "q3JbV0X+1m8d2hZkP0aYtTqfO3lUu8n5rS4wXc7eGf0="}, Sign.RANDOM_LABEL, Grade.STEP_UP),
        ({"label": "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}"}, Sign.RANDOM_LABEL, Grade.STEP_UP),
        ({"label": "Default Video Device"}, Sign.FIREFOX_FAKE, Grade.STEP_UP),
        ({"native": False}, Sign.NOT_NATIVE, Grade.STEP_UP),
        ({"native": "yes"}, Sign.NOT_NATIVE, Grade.STEP_UP),
        ({"label": "Integrated Camera"}, Sign.NO_USB_ID, Grade.NOTE),
        ({"capabilities": {}}, Sign.NO_CAPABILITIES, Grade.NOTE),
        ({"capabilities": {"width": {"max": 640}, "height": {"max": 480}}}, Sign.NO_CONTROLS, Grade.NOTE),
        ({"capabilities": {"width": {"max": 640}, "height": {"max": 480}}}, Sign.ONE_SIZE, Grade.NOTE),
        ({"settings": {"facingMode": "environment"}}, Sign.ODD_FACING, Grade.NOTE),
        ({"settings": {"frameRate": 240}}, Sign.ODD_RATE, Grade.NOTE),
        ({"settings": {"frameRate": 1}}, Sign.ODD_RATE, Grade.NOTE),
        ({"settings": {"width": 4000}}, Sign.ODD_SIZE, Grade.NOTE),
    ],
)
def test_what_is_odd_is_a_sign_of_its_grade(said, sign, grade):
    assert sign in signs(**said)
    assert sign.grade is grade


@pytest.mark.parametrize("agent", [ANDROID, SAFARI, ""])
def test_where_no_usb_id_is_written_none_is_missed(agent):
    assert Sign.NO_USB_ID not in signs(label="camera2 1, facing front", agent=agent)


def test_what_would_mark_a_device_is_not_kept():
    assert "deviceId" not in json.dumps(CameraClaims.from_claims(HONEST).facts())


def test_what_is_kept_gives_the_same_signs_again():
    claims = CameraClaims.from_claims(HONEST | {"label": "OBS Virtual Camera"})
    again = CameraClaims.from_claims(json.loads(json.dumps(claims.facts())))
    assert again == claims


def test_text_that_no_database_takes_is_cut_out():
    claims = CameraClaims.from_claims({"label": "O\x00B\ud800S\tVirtual\n\u202eCamera" + "x" * 10_000_000})
    assert claims.label.startswith("OBS Virtual Camera")
    assert len(claims.label) == 200


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=10)
        | st.dictionaries(st.text(max_size=9) | st.sampled_from(sorted(HONEST)), inner, max_size=10)
    ),
    max_leaves=25,
)
properties = st.dictionaries(st.sampled_from(["width", "height", "frameRate", "facingMode", "zoom"]), junk)
hellos = junk | st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(HONEST, junk) | {"settings": properties, "capabilities": properties},
)


@given(hellos)
def test_whatever_stands_in_the_claims_it_answers_and_keeps_little(said):
    claims = CameraClaims.from_claims(said)
    kept = json.dumps(claims.facts(), allow_nan=False)
    kept.encode("ascii")
    assert len(kept) < 64_000
    assert isinstance(signs_of(claims), tuple)
    assert CameraClaims.from_claims(json.loads(kept)) == claims


@given(hellos)
def test_saying_nothing_of_a_camera_never_clears_it(said):
    """Whatever is left out, the signs that stay are at least a closer look."""
    claims = CameraClaims.from_claims(said)
    if not (claims.label and claims.native and claims.constructor == "MediaStreamTrack"):
        assert {sign.grade for sign in signs_of(claims)} & {Grade.STEP_UP, Grade.BLOCK}
