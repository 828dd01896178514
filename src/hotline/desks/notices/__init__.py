"""消息提醒: the bell in the top bar, its page, and the same for other systems."""
