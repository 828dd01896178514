"""附件: the files of a ticket as a part of its page and as a page of their own."""
