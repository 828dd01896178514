"""外发消息: what leaves the platform, as the system administrator sees it; never to whom, never the words."""
