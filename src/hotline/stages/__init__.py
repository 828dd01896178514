"""The way of a ticket, one folder a stage. Stages never import each other."""
