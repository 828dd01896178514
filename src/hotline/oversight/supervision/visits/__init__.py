"""现场督办: visits that no unit hears of before they were made, with their list of questions and their photos."""
