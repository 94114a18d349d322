"""The ASGI application of `make serve`: pages and beats in one process."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxue.project.settings")
application = get_asgi_application()
