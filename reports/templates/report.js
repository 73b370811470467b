(function () {
  "use strict";
  var digits = "๐๑๒๓๔๕๖๗๘๙";
  function plain(text) {
    return text.normalize("NFC").toLowerCase().replace(/[๐-๙]/g, function (d) { return digits.indexOf(d); }).replace(/\s+/g, " ");
  }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  all("[data-copy]").forEach(function (cell) {
    var button = document.createElement("button"), word = cell.getAttribute("data-copy");
    button.type = "button";
    button.className = "copy screen";
    button.textContent = word;
    button.setAttribute("aria-label", word + ": " + cell.getAttribute("data-of"));
    button.addEventListener("click", function () {
      var text = cell.getAttribute("data-text");
      function done() { button.textContent = cell.getAttribute("data-copied"); setTimeout(function () { button.textContent = word; }, 2000); }
      function byHand() {
        var area = document.createElement("textarea");
        area.value = text;
        document.body.appendChild(area);
        area.select();
        if (document.execCommand("copy")) { done(); }
        document.body.removeChild(area);
      }
      if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, byHand); } else { byHand(); }
    });
    cell.appendChild(document.createTextNode(" "));
    cell.appendChild(button);
  });

  var tools = document.getElementById("tools");
  if (!tools) { return; }
  var box = tools.querySelector("input"), told = tools.querySelector("output"), words = told.getAttribute("data-words");
  var buttons = all("button[data-status]", tools), fold = tools.querySelector("[data-fold]");
  var items = all("details.item").map(function (node) { return { node: node, text: "", status: node.getAttribute("data-status") }; });
  tools.hidden = false;

  function show() {
    var wanted = plain(box.value.trim()), shown = 0;
    var chosen = buttons.filter(function (b) { return b.getAttribute("aria-pressed") === "true"; })
      .map(function (b) { return b.getAttribute("data-status"); });
    items.forEach(function (item) {
      if (wanted && !item.text) { item.text = plain(item.node.textContent); }
      var fits = (!chosen.length || chosen.indexOf(item.status) >= 0) && (!wanted || item.text.indexOf(wanted) >= 0);
      item.node.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    all(".group-of").forEach(function (group) { group.hidden = !group.querySelector("details.item:not([hidden])"); });
    told.textContent = wanted || chosen.length ? words.replace("#", shown) : "";
  }
  box.addEventListener("input", show);
  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
      show();
    });
  });
  var opened = false;
  fold.addEventListener("click", function () {
    opened = !opened;
    items.forEach(function (item) { item.node.open = opened; });
    fold.textContent = fold.getAttribute(opened ? "data-close" : "data-open");
  });
  // A link to an item that the filter hides shows it again.
  window.addEventListener("hashchange", function () {
    var target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) { box.value = ""; buttons.forEach(function (b) { b.setAttribute("aria-pressed", "false"); }); show(); target.scrollIntoView(); }
    if (target && "open" in target) { target.open = true; }
  });
}());
