"""The site, with a first request rehearsed: what Django loads for it is loaded once."""
import os
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
application = get_wsgi_application()

environ = {}
setup_testing_defaults(environ)
application(environ, lambda status, headers: None).close()
