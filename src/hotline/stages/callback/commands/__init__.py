"""What the callback desk does: plans kept up, questions sent and answered, samples drawn, months written down."""
