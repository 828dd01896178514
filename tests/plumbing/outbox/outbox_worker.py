"""A worker as its own process that sends short messages to a gateway: what test_outbox_killed.py kills.

python outbox_worker.py GATEWAY_URL KEY STALLED_AFTER
"""

import asyncio
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402  # only after Django is there

from hotline.plumbing import jobs  # noqa: E402  # as above

settings.MESSAGE_WAYS = {"sms": {"by": "gateway", "url": sys.argv[1], "key": sys.argv[2]}}
asyncio.run(jobs.work(threads=2, stalled_after=float(sys.argv[3])))
