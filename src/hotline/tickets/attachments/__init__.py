"""Files on a ticket: checked and cleaned before they are kept, opened only by whom the rules name."""
