"""发给群众的短信: what citizens were told of each ticket, and the words in which the office tells them."""
