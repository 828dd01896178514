"""The director's and the auditor's views: everything to read, nothing to do."""
