"""What a password must be."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jiangxue.accounts.models import Account


@pytest.mark.clause("M3")
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab3!efgh9", "password_too_short"),
        ("password123", "password_too_common"),
        ("zhangsan2026", "password_too_similar"),
        ("abcdefghijkl", "password_not_mixed"),
        ("839201746582", "password_not_mixed"),
        ("汉字汉字汉字汉字汉字汉字", "password_not_mixed"),
    ],
)
def test_a_weak_password_is_refused_and_says_why(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, Account(login_name="zhangsan", name="张三"))
    assert code in {error.code for error in refusal.value.error_list}


@pytest.mark.parametrize("password", ["Jiangxue2026", "correct horse battery", "汉字汉字汉字汉字汉字7"])
def test_a_good_password_passes(password: str) -> None:
    validate_password(password, Account(login_name="zhangsan", name="张三"))
