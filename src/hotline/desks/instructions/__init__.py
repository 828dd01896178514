"""领导批示: the list with its lights, one instruction as far as it is for its reader, the list of leaders."""
