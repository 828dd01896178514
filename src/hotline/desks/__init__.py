"""What people of the office and the units see across stages: shell, lists, the ticket page."""
