"""The pages and the API, as the web server's worker processes load them."""

import os

from django.core.wsgi import get_wsgi_application

from hotline.plumbing.leash import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
die_with_parent()
application = get_wsgi_application()
