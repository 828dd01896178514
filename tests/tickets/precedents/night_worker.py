"""A worker as its own process on a night to come: what test_precedents_by_night.py starts.

python night_worker.py MOMENT
"""

import asyncio
import sys
from datetime import datetime

import django

django.setup()

from hotline.plumbing import jobs  # noqa: E402  # only after Django is there
from hotline.plumbing.clock import frozen  # noqa: E402  # see before

with frozen(datetime.fromisoformat(sys.argv[1])):
    asyncio.run(jobs.work(threads=1, stalled_after=5.0))
