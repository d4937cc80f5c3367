"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from crawlers.processes import end_with_launcher

end_with_launcher()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
