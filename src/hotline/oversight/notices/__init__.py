"""消息提醒: staff are told in the platform what has come to them, was decided, or waits for their signature."""
