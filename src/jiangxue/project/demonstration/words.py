"""The list of sensitive words of the demonstration: what tempts people around trainings, invented for showing, no official list."""

from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.screening.queries import list_in_force
from jiangxue.screening.rules.finding import Word
from jiangxue.screening.rules.word_file import written
from jiangxue.screening.services import import_words

SOURCE = "演示词库.csv"
_WORDS_BY_CATEGORY = {
    "广告": (
        *("包过", "保过班", "保证拿证", "免考拿证", "不过退款", "内部名额", "加微信", "加qq", "扫码进群", "私聊报名"),
        *("最低价", "全国第一", "官方唯一", "限时抢购", "刷好评", "vx"),
    ),
    "违法": (
        *(
            "代考",
            "替考",
            "枪手考试",
            "挂证",
            "证书挂靠",
            "买卖证书",
            "出售证书",
            "假证",
            "办证刻章",
            "考试答案",
            "泄题",
        ),
        *("代刷学时", "代挂课时", "刷课软件", "代学代看", "替身签到", "套取补贴", "虚报学员", "冒名顶替"),
    ),
    "暴力": ("打砸", "持械斗殴", "聚众闹事", "报复社会"),
    "赌博": ("网上赌场", "下注返利", "赌球", "六合彩"),
    "封建迷信": ("算命", "看风水改运", "开光转运", "跳大神", "驱邪符", "生辰八字"),
    "隐私": ("身份证正反面", "出卖个人信息", "人肉搜索", "银行卡密码", "验证码发我", "学员名单出售"),
    "贷款": ("培训贷", "先学后付贷", "零首付培训", "征信修复"),
    "其他": ("带电作业没事", "不用戴安全帽", "绝对安全", "百分之百就业"),
}
WORDS = tuple(Word(text, category) for category, texts in _WORDS_BY_CATEGORY.items() for text in texts)


def seed_words(*, now: datetime) -> None:
    """Let the demonstration's security administrator import its list, where there is none."""
    if list_in_force() is not None:
        return
    viewer = Viewer(Account.objects.get(login_name="security").pk, Role.SECURITY_ADMINISTRATOR)
    import_words(viewer=viewer, content=written(WORDS).encode(), name=SOURCE, by=PROGRAM, now=now)
