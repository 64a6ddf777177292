import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pawfile.settings")
application = get_wsgi_application()

# What is loaded by now stays. A page makes and drops thousands of objects, hardly any of them in
# circles: to look for circles after every 700 was up to a twentieth of a page's processor time.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
