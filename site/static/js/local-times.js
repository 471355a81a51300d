// Instants are written in UTC, and in the time of a person's account where one is set. Where neither is the time of this
// device, it is added. Every page works without this file.

const language = document.documentElement.lang;
const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language || undefined, {
  year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
});

for (const time of document.querySelectorAll("time[data-moment]")) {
  const moment = new Date(time.dateTime);
  const told = time.nextElementSibling?.classList.contains("own-time");
  if (Number.isNaN(moment.getTime()) || told || moment.getTimezoneOffset() === 0) continue;
  const words = document.createElement("span");
  words.className = "own-time";
  words.textContent = ` (${format.format(moment)})`;
  time.after(words);
}
