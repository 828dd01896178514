// The one button that a paper has on the screen.
document.querySelector("[data-print]").addEventListener("click", () => window.print());
