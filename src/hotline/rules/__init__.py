"""The rules of a 12345 hotline, pure: no framework, no clock, no chance, no files.

Pages, API, jobs, imports, the simulator and the printed flow chart all ask here; nobody else decides.
"""
