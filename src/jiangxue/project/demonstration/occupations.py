"""Occupations of the demonstration.

An excerpt of the classification of occupations (职业分类大典, 2022) for showing how a course names its occupation, written down from
memory of what is published: before real use it must be replaced by importing the official table, whose codes, levels and standards
count. Which occupations are learned by doing is our own estimate.
"""

from collections.abc import Iterator
from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.occupations.queries import last_table
from jiangxue.occupations.rules.levels import Level
from jiangxue.occupations.rules.table import OccupationRow, write_table
from jiangxue.occupations.services import import_occupations

SOURCE = "演示用职业目录（摘录）.csv"
_LEVELS = {"5": Level.FIVE, "4": Level.FOUR, "3": Level.THREE, "2": Level.TWO, "1": Level.ONE}

_PRACTICAL = """
4-02-02-01 道路客运汽车驾驶员 543
4-02-06-01 仓储管理员 5432
4-02-06-02 理货员 543
4-02-07-08 快递员 54321
4-02-07-09 快件处理员 54321
4-02-07-10 网约配送员 54321 2021年版
4-03-01-01 前厅服务员 54321
4-03-01-02 客房服务员 54321
4-03-02-01 中式烹调师 54321 2018年版
4-03-02-02 中式面点师 54321 2018年版
4-03-02-03 西式烹调师 54321 2018年版
4-03-02-04 西式面点师 54321 2018年版
4-03-02-05 餐厅服务员 54321
4-03-02-07 茶艺师 54321 2018年版
4-03-02-08 咖啡师 54321
4-03-02-09 调酒师 54321
4-07-05-01 保安员 54321 2019年版
4-07-05-04 消防设施操作员 54321 2019年版
4-09-08-01 保洁员 543
4-09-10-01 园林绿化工 54321
4-10-01-02 育婴员 543
4-10-01-03 保育师 54321 2021年版
4-10-01-05 养老护理员 54321 2019年版
4-10-01-06 家政服务员 54321 2019年版
4-10-02-02 洗衣师 54321
4-10-03-01 美容师 54321 2018年版
4-10-03-02 美发师 54321 2018年版
4-10-03-03 美甲师 543
4-10-04-02 保健按摩师 54321
4-12-01-01 汽车维修工 54321 2018年版
4-12-02-01 计算机维修工 543
4-12-03-01 家用电器产品维修工 54321
4-14-01-02 医疗护理员 543
4-14-03-03 眼镜验光员 54321
4-14-03-04 眼镜定配工 54321
5-05-02-01 农机驾驶操作员 543
6-05-01-03 缝纫工 543
6-06-03-01 手工木工 54321
6-18-01-01 车工 54321 2018年版
6-18-01-02 铣工 54321 2018年版
6-18-01-04 磨工 54321
6-18-02-01 铸造工 54321 2018年版
6-18-02-02 锻造工 54321
6-18-02-03 金属热处理工 54321
6-18-02-04 焊工 54321 2018年版
6-18-04-01 模具工 54321
6-20-01-01 钳工 54321 2020年版
6-20-03-01 机床装调维修工 54321
6-22-02-01 汽车装调工 54321
6-29-01-01 砌筑工 54321
6-29-01-03 混凝土工 5432
6-29-01-04 钢筋工 54321
6-29-01-05 架子工 54321
6-29-03-03 电梯安装维修工 54321 2018年版
6-29-03-05 制冷空调系统安装维修工 54321 2018年版
6-30-05-01 起重装卸机械操作工 54321
6-31-01-02 机修钳工 54321
6-31-01-03 电工 54321 2018年版
6-31-01-04 仪器仪表维修工 54321
"""
_AT_A_DESK = """
4-01-02-01 营销员 54321
4-01-06-01 电子商务师 54321 2022年版
4-01-06-02 互联网营销师 54321 2021年版
4-02-06-03 物流服务师 4321
4-04-04-02 网络与信息安全管理员 4321
4-04-05-01 计算机程序设计员 4321
4-04-05-05 人工智能训练师 54321 2021年版
4-07-03-04 企业人力资源管理师 4321
4-07-03-05 劳动关系协调员 4321
4-14-02-01 公共营养师 4321
4-14-02-02 健康管理师 321
"""


def demonstration_rows() -> Iterator[OccupationRow]:
    """Yield the occupations of the demonstration."""
    for lines, is_practical in ((_PRACTICAL, True), (_AT_A_DESK, False)):
        for line in lines.split("\n"):
            if line:
                code, name, levels, *edition = line.split()
                standard = (f"{name}国家职业技能标准", "", edition[0]) if edition else ()
                yield OccupationRow(code, name, tuple(_LEVELS[digit] for digit in levels), is_practical, *standard)


def seed_occupations(now: datetime) -> None:
    """Let the demonstration's system administrator import the excerpt, unless there is a table already."""
    if last_table() is not None:
        return
    viewer = Viewer(Account.objects.get(login_name="system").pk, Role.SYSTEM_ADMINISTRATOR)
    rows = sorted(demonstration_rows(), key=lambda row: row.code)
    content = write_table(rows).encode()
    import_occupations(viewer=viewer, content=content, name=SOURCE, by=PROGRAM, now=now)
