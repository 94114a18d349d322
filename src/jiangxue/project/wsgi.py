"""The WSGI application that serves pages in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxue.project.settings")
application = get_wsgi_application()
