"""How often honest people and cheats pass the rules of faces, each form, 200 checks of up to three attempts, with numbers in place of pictures.

`python -m scripts.test tests/measured/face_rules.py -q -n 0 -s -p no:randomly`
"""

from jiangxue.facecheck.rules.decision import Outcome
from jiangxue.facecheck.rules.drawing import Form
from tests.attacks import test_face_rules as cheats
from tests.attacks.faces import Somebody, check
from tests.rules.face.light import Scene

CHECKS = 200
PEOPLE = {
    "honest, at home": Somebody,
    "honest, in the sun": lambda: Somebody(scene=Scene(amplitude=0.003)),
    "honest, answers after 50 to 600 ms": lambda: Somebody(scene=Scene(amplitude=0.05, delay_ms=50, jitter_ms=550)),
    "another person": lambda: Somebody(cosine=0.1),
    "still photograph": cheats.Still,
    "loop": cheats.Loop,
    "loop with noise": cheats.NoisyLoop,
    "recorded flash": cheats.Recording,
    "tilted print": cheats.Print,
    "tinted photograph": cheats.Tinted,
}


def test_shares_that_pass() -> None:
    for name, make in PEOPLE.items():
        for form in (Form.SHORT, Form.LONG, Form.STEP_UP):
            checks = [check(make(), form, seed) for seed in range(CHECKS)]
            first = sum(attempts[0].outcome is Outcome.PASSED for attempts in checks)
            ended = [attempts[-1].outcome for attempts in checks]
            counts = {str(outcome): ended.count(outcome) for outcome in Outcome if outcome in ended}
            print(f"{name}, {form}: passed at once {first}, in the end {counts}")
