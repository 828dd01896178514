"""③′ 联合会办: the office settles who leads."""
