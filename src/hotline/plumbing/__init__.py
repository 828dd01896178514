"""What every part stands on and which knows no word of the trade: clock, database, jobs, live updates."""
