"""先例: the register of rulings that are followed again, for everybody who must know them."""
