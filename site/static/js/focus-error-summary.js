// Improvements only: every page of a consultation works without this file.

// After a refused form the list of errors is where reading goes on.
document.querySelector(".error-summary")?.focus();
