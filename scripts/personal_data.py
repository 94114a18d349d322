"""Write docs/personal-data.md from what the models declare: `python -m scripts.offline .venv/bin/python -m scripts.personal_data`."""

import os
from collections.abc import Iterator

import django
from django.apps import apps
from django.db.models import Field, Model

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, Protection
from scripts.layout import REPOSITORY
from scripts.terminal import run_as_program

PAGE = REPOSITORY / "docs" / "personal-data.md"

CATEGORIES = {
    Category.IDENTITY: "identity 身份信息",
    Category.CONTACT: "contact 联系方式",
    Category.ACTIVITY: "learning record 学习记录",
    Category.OPINION: "opinion 意见与评价",
    Category.DEVICE: "device and network 设备与网络",
    Category.WORK: "work of staff 履职记录",
    Category.KEY: "key or password 密钥与密码",
}
KEPT = {
    Kept.ACCOUNT: "account 至账号删除",
    Kept.TERM: "term 保存期限",
    Kept.SUBJECT: "subject 随所属内容",
    Kept.HALF_YEAR: "half a year or more 不少于 180 天",
    Kept.SETTLED: "settled 用完即删",
}
PROTECTED = {
    Protection.PLAIN: "by rights 权限控制",
    Protection.SEALED: "sealed 加密封存",
    Protection.KEYED_INDEX: "keyed index 带密钥索引",
    Protection.ARCHIVE_KEY: "archive key 档案密钥",
    Protection.HASHED: "hashed 加盐散列",
}

_HEAD = """# Personal data: what is held 个人信息清单

Written by `.venv/bin/python -m scripts.offline .venv/bin/python -m scripts.personal_data` from what each model declares
(`personal_data`, `jiangxue/djangokit/personal.py`); not by hand. A test fails when this page and the models differ. What a learner is told of it in plain words stands on
the page 我的个人信息.

**How long** · *account*: until the account is erased · *term*: five years from the later of the end of the class and the last record (clause
T8.1), longer under legal hold · *subject*: as long as the course, review or rule that it belongs to · *half a year or more*: audit entries,
at least 180 days (GB/T 22239-2019) · *settled*: removed as soon as it has served.

**How protected** · *by rights*: the roles of the database and queries that ask who looks; masked on pages · *sealed*: encrypted for its row · *keyed index*: an HMAC, for
finding only · *archive key*: encrypted under the key of one archive, which erasing destroys · *hashed*: Argon2id.

**Sensitive** (敏感个人信息) as PIPL Article 28 has it. `*` stands for every field of a row that is not named. Keys to accounts (*linked to*) are personal data by rule: they say who
learned, wrote or decided, and are kept as long as the row.
"""
_FOOT = """
## Beside the tables

* Browser sessions 登录会话 (`django_session`): an account's number, signed; good for 12 hours, gone with the sign-out.
* Logs of processes 运行日志: routes and statuses; no names, numbers or addresses. Those of nginx hold addresses; how long they are kept is the operator's to set.
* Courseware 课件: faces and voices of teachers, as the institution made it and by its agreement with them; kept as long as the course.
* Jobs 后台任务 name rows by their number alone.
"""


def main() -> int:
    """Write the page and return 0."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxue.project.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page as the models have it now."""
    return _HEAD + "".join(_of_purposes()) + "".join(_of_models()) + _FOOT


def models() -> list[type[Model]]:
    """Return the models of this project, by package and name."""
    own = (model for model in apps.get_models() if model.__module__.startswith("jiangxue."))
    return sorted(own, key=lambda model: model._meta.label)


def linked(model: type[Model]) -> list[str]:
    """Return the fields of a model that are keys to accounts."""
    account = apps.get_model("accounts", "Account")
    return [field.name for field in model._meta.concrete_fields if field.related_model is account]


def declarations(model: type[Model]) -> dict[str, Personal]:
    """Return what a model declares."""
    declared: dict[str, Personal] = model.__dict__["personal_data"]
    return declared


def _of_purposes() -> Iterator[str]:
    yield "\n## What for 处理目的\n\n| purpose | of which kinds | held by |\n|---|---|---|\n"
    found: dict[str, tuple[set[str], list[str]]] = {}
    for model in models():
        for declared in declarations(model).values():
            kinds, held_by = found.setdefault(declared.purpose, (set(), []))
            kinds.add(CATEGORIES[declared.category])
            held_by += [] if model._meta.label in held_by else [model._meta.label]
    for purpose, (kinds, held_by) in sorted(found.items()):
        yield f"| {purpose} | {', '.join(sorted(kinds))} | {', '.join(f'`{label}`' for label in held_by)} |\n"


def _of_models() -> Iterator[str]:
    yield "\n## Table by table 逐表清单\n"
    for model in models():
        declared, keys = declarations(model), linked(model)
        if not declared and not keys:
            continue
        yield f"\n### `{model._meta.label}`\n\n"
        yield f"{_first_sentence(model)}\n"
        if keys:
            yield f"\nLinked to: {', '.join(f'`{name}`' for name in keys)}.\n"
        if declared:
            yield "\n| field | what it is | what for | kept | protected |\n|---|---|---|---|---|\n"
            yield from (_row(name, each) for name, each in _in_order(model, declared))
    empty = [f"`{model._meta.label}`" for model in models() if not declarations(model) and not linked(model)]
    yield f"\nNo personal data: {', '.join(empty)}.\n"


def _in_order(model: type[Model], declared: dict[str, Personal]) -> list[tuple[str, Personal]]:
    order = [WHOLE_ROW, *(field.name for field in model._meta.get_fields() if isinstance(field, Field))]
    return sorted(declared.items(), key=lambda item: order.index(item[0]))


def _row(name: str, declared: Personal) -> str:
    sensitive = " **sensitive 敏感**" if declared.is_sensitive else ""
    what, kept, protected = CATEGORIES[declared.category], KEPT[declared.kept], PROTECTED[declared.protection]
    return f"| `{name}` | {what}{sensitive} | {declared.purpose} | {kept} | {protected} |\n"


def _first_sentence(model: type[Model]) -> str:
    return (model.__doc__ or "").strip().split("\n\n")[0].split(". ")[0].rstrip(".") + "."


if __name__ == "__main__":
    run_as_program(main)
