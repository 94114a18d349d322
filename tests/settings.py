"""The program's settings, and a watch over queries: a page that asks for each row on its own fails its test."""

from jiangxue.project.settings import *  # noqa: F403
from jiangxue.project.settings import INSTALLED_APPS as _APPS
from jiangxue.project.settings import MIDDLEWARE as _MIDDLEWARE

INSTALLED_APPS = [*_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *_MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_NPLUSONE_THRESHOLD = 4  # two rows of a class may be asked for one by one, a list may not

# The tests run as in earnest, but for who stands outside: these are the demonstration's.
IDENTITY_SOURCE = "jiangxue.project.demonstration.providers.DemonstrationSource"
CODE_SENDER = "jiangxue.project.demonstration.providers.DemonstrationSender"
