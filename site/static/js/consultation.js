// Improvements only: every page of a consultation works without this file.

// Times are written in UTC; beside it, the reader's own time.
for (const time of document.querySelectorAll("time[data-moment]")) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.getTime())) continue;
  const local = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });
  const words = document.createElement("span");
  words.className = "local-time";
  words.textContent = ` (${local.format(moment)})`;
  if (moment.getTimezoneOffset() !== 0) time.after(words);
}

// After a refused form the list of errors is where reading goes on.
document.querySelector(".error-summary")?.focus();
