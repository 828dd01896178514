"""班长台: team leaders confirm what agents propose, look at samples of their work, and hand over shifts."""
