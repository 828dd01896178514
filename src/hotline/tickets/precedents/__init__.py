"""先例, as stored: the register of rulings that are followed again. It stands with the tickets because the stages look
into it when they mediate and dispatch; what a dispute ruled is handed in by whoever knows disputes.
"""
