"""The pages and the API, as the web server's worker processes load them."""

from django.core.wsgi import get_wsgi_application

from hotline.plumbing.leash import die_with_parent

die_with_parent()
application = get_wsgi_application()
