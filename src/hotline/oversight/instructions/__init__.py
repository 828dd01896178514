"""领导批示: recorded, proposed, agreed, distributed, reported on, presented, struck off; read by people named."""
