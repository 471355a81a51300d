// The rank of an opened result is counted without a cookie, an address or an order of visits. Every result opens without this file.
const question = document.getElementById("search-q")?.value;
document.querySelector(".hits")?.addEventListener("click", (event) => {
  const rank = event.target.closest("a[data-rank]")?.dataset.rank;
  if (rank && question) navigator.sendBeacon("/search/opened", new URLSearchParams({ q: question, rank }));
});
