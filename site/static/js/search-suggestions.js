// Suggestions while typing (the listbox pattern of the ARIA Authoring Practices).
// Without this file the form, the results and the filters all work.

const WAIT_MS = 150;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.address = input.dataset.suggestions;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.said = document.createElement("p");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    input.after(this.list, this.said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), WAIT_MS));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (typed.length < 2) return this.close();
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(typed)}`, { signal: this.asking.signal });
      if (answer.ok) this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show({ suggestions, said }) {
    this.list.replaceChildren(...suggestions.map((suggestion, place) => this.option(suggestion, place)));
    this.active = -1;
    this.said.textContent = said;
    this.open(suggestions.length > 0);
  }

  option(suggestion, place) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = suggestion.url;
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = suggestion.text;
    const kind = document.createElement("span");
    kind.className = "suggestion-kind";
    kind.textContent = suggestion.kind;
    item.append(text, kind);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      location.assign(item.dataset.address);
    });
    return item;
  }

  key(event) {
    const options = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    if (this.list.hidden || !options.length) return;
    if (event.key === "ArrowDown") this.active = (this.active + 1) % options.length;
    else if (event.key === "ArrowUp") this.active = (this.active + options.length) % (options.length + 1) - 1;
    else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      return location.assign(options[this.active].dataset.address);
    } else return;
    event.preventDefault();
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", options[this.active].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.open(false);
  }
}

document.querySelectorAll("input[data-suggestions]").forEach((input) => new Suggestions(input));
