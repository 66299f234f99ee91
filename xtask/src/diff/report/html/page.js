"use strict";
// The page is complete without this: it filters, and moves between changes.
(() => {
  const form = document.getElementById("filter");
  const find = document.getElementById("find");
  const api = document.getElementById("api");
  const shown = document.getElementById("shown");
  const boxes = [...form.querySelectorAll("input[name=verdict]")];
  const links = [...document.querySelectorAll("nav a")];
  const changes = [...document.querySelectorAll("article")].map((article, index) => ({
    article,
    link: links[index],
    text: article.textContent.toLowerCase(),
  }));

  function filter() {
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { article, link, text } of changes) {
      const visible = verdicts.has(article.dataset.verdict)
        && (api.value === "" || api.value === article.dataset.api)
        && words.every((word) => text.includes(word));
      article.hidden = !visible;
      link.parentElement.hidden = !visible;
      count += visible ? 1 : 0;
    }
    shown.textContent = `${count} of ${changes.length} shown`;
  }

  function showAll() {
    find.value = "";
    api.value = "";
    for (const box of boxes) box.checked = true;
    filter();
  }

  let current = -1;
  function mark(index) {
    links[current]?.removeAttribute("aria-current");
    current = index;
    links[current]?.setAttribute("aria-current", "true");
    links[current]?.scrollIntoView({ block: "nearest" });
  }

  function go(index) {
    mark(index);
    const { article } = changes[index];
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
  }

  function step(by) {
    let index = current < 0 && by < 0 ? changes.length : current;
    do index += by; while (changes[index]?.article.hidden);
    if (changes[index]) go(index);
  }

  // A link may lead to what the filter hides.
  function follow() {
    const index = changes.findIndex(({ article }) => `#${article.id}` === location.hash);
    if (index < 0) return;
    if (changes[index].article.hidden) showAll();
    go(index);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      showAll();
      find.blur();
      return;
    }
    // A field takes what is typed; a list takes letters, to go to a name.
    if (event.target === find || (event.target === api && event.key !== "/")) return;
    const action = { "/": () => find.focus(), j: () => step(1), k: () => step(-1) }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("focusin", (event) => {
    const article = event.target.closest("article");
    if (article) mark(changes.findIndex((change) => change.article === article));
  });
  // Not every way to choose an option is an input.
  for (const event of ["input", "change"]) form.addEventListener(event, filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  form.hidden = false;
  filter();
  follow();
})();
