"""PostgreSQL without an administrator: what a demonstration, a developer and the tests run on.

A city office can try the platform on one machine with nothing installed; in earnest it sets DATABASE_URL instead.
"""

from hotline.plumbing.embedded.connection import ConnectionInfo
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError
from hotline.plumbing.embedded.server import EmbeddedPostgres

__all__ = ["ConnectionInfo", "EmbeddedPostgres", "EmbeddedPostgresError"]
