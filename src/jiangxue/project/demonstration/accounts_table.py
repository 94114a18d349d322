"""The accounts of the demonstration, as `make serve` prints them."""

from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration import people
from jiangxue.ui.roles import ROLE_LABELS


def accounts_table() -> str:
    """Return one line for each way in, with the password that all of them share."""
    learners = f"{people.learner_login(1)} … {people.learner_login(len(people.LEARNER_NAMES))}"
    lines = [(learners, str(ROLE_LABELS[Role.LEARNER]))]
    for member in people.STAFF:
        lines.append((member.login_name, "、".join(member.labels)))
    width = max(len(login) for login, _ in lines) + 2
    table = "\n".join(f"  {login:<{width}}{roles}" for login, roles in lines)
    undecided = people.learner_login(people.UNDECIDED_LEARNER)
    table += f"\n  {undecided} 尚未同意个人信息处理规则 / has not agreed to the rules of processing yet"
    return f"{table}\n  密码 / password: {people.PASSWORD}"
