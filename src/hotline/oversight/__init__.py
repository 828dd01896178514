"""What looks across all tickets: notices to people, later supervision, assessment, insight and reporting."""
