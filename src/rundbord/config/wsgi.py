"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from rundbord.config.transport import readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rundbord.config.settings.prod")
application = readable(get_wsgi_application())
