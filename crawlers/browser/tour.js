// Finds what can be opened on a page, opens it on demand, and writes the page down as it stands then.
// Evaluated once in the page; gives back nothing and leaves `window.__ita`.
(() => {
  const MORE = /^(?:ดู|อ่าน|แสดง|โหลด)?\s*(?:เพิ่มเติม|เพิ่ม|ทั้งหมด|ต่อ)|(?:ดู|อ่าน|แสดง|โหลด)(?:ข้อมูล|รายการ)?\s*(?:เพิ่มเติม|เพิ่ม|ทั้งหมด)|^(?:show|load|view|read|see)\s+(?:more|all)\b|^more\b/i;
  const VIEW = /^(?:คลิก|กด)?\s*(?:เพื่อ)?\s*(?:เปิด|ดู|ดาวน์โหลด|อ่าน|ลิงก์|ลิงค์|เอกสาร|ไฟล์|รายละเอียด|คลิก|เข้าชม|link|view|open|download|pdf|detail|file)/i;
  const YEAR = /25[5-7]\d|๒๕[๕-๗][๐-๙]/;
  const ITEM = /^\s*(?:ข้อ\s*)?[oO0]\s*-?\s*\d{1,2}\b/;
  const CODE = /^\s*(?:ข้อ\s*)?[oO0]\s*-?\s*\d{1,2}\b|25[5-7]\d|๒๕[๕-๗][๐-๙]|\bita\b|\boit\b/i;
  const NEVER = /^[^\p{L}]*(?:ลบ|ส่ง(?!เสริม)|ยืนยัน|บันทึก|สมัคร|ออกจากระบบ|เข้าสู่ระบบ|ล็อกอิน|ลงทะเบียน|ชำระ|แชร์|พิมพ์|ยอมรับ|ภาษา|ขนาด|ปิด|submit|delete|remove|log ?(?:in|out|on|off)\b|sign ?(?:in|up|out)\b|register|share|print|pay\b|subscribe|cookie|accept|close)/iu;
  const LOADING = /กำลัง(?:ดาวน์)?โหลด|กำลังดึงข้อมูล|กำลังประมวลผล|โปรดรอ|กรุณารอ|\bloading\b|please wait/i;
  const FRAME = "nav,header,footer,[role=navigation],[role=menubar],[role=banner],[role=contentinfo],.navbar,.pagination,.carousel,.swiper,.dropdown-menu";
  const FOLD = "[aria-expanded=false],[data-bs-toggle=collapse],[data-toggle=collapse],.accordion-button.collapsed,.collapsible-header,.accordion-header,.accordion-title,.accordion__title";
  const TAB = "[role=tab],[data-bs-toggle=tab],[data-toggle=tab],[data-bs-toggle=pill],[data-toggle=pill]";
  const OTHER = "button,[role=button],a[href^='#'],a[href^='javascript:'],a:not([href]),[onclick],input[type=button]";
  const clicks = new WeakMap();      // element -> how often it was pressed
  const places = new Map();          // element -> addresses that pressing it led to
  const snapshots = [];              // {label, clone}: the page's main part before a press that may have replaced it
  let list = null, started = false, firstTab = null, tab = "", fold = "";

  const words = (node) => (node.textContent || "").replace(/\s+/g, " ").trim();
  const name = (element) => (words(element) || element.getAttribute("aria-label") || element.title || element.value || "").slice(0, 120);
  const main = () => document.querySelector("main,[role=main]") || document.body || document.documentElement;
  const shown = (element) => {
    const box = element.getClientRects();
    return box.length > 0 && getComputedStyle(element).visibility !== "hidden";
  };
  const isOpen = (element) =>
    ["aria-expanded", "aria-selected"].some((a) => element.getAttribute(a) === "true") || element.getAttribute("aria-current");
  const leads = (element) => {
    const link = element.closest("a[href]");
    const href = link ? link.getAttribute("href").trim() : "";
    return Boolean(href) && !/^#|^javascript:/i.test(href);
  };
  const isSubmit = (element) => element.closest("form") && /^(?:submit|image|reset)$/i.test(element.type || "");
  const isRoute = (element) => /^#!?\//.test((element.closest("a[href]") || element).getAttribute("href") || "");

  function *roots(root) {
    yield root;
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) yield* roots(element.shadowRoot);
  }

  function kindOf(element) {
    if (leads(element) || isSubmit(element) || isRoute(element) || element.disabled || isOpen(element)) return "";
    const toggle = element.dataset.bsToggle || element.dataset.toggle || "";
    if (/^(?:dropdown|modal|offcanvas|tooltip|popover|button)$/.test(toggle)) return "";
    const text = name(element);
    if (!text || NEVER.test(text)) return element.matches(FOLD) && !NEVER.test(text) && shown(element) ? "fold" : "";
    if (!shown(element)) return "";
    if (element.matches(FOLD)) return "fold";
    if (element.matches(TAB)) return "tab";
    if (YEAR.test(text) && text.length <= 30 && element.matches(OTHER)) return "tab";
    if (MORE.test(text)) return "more";
    if (element.matches(OTHER)) return text.length <= 80 && (VIEW.test(text) || CODE.test(text)) ? "press" : "";
    return "";
  }

  // Frameworks hang handlers on plain boxes; the hand that the mouse becomes over them is all that tells.
  function isPressed(element) {
    if (!/^(?:DIV|LI|SPAN|TR|TD|P|H[1-6]|SECTION|ARTICLE)$/.test(element.tagName) || element.childElementCount > 12) return false;
    const text = words(element);
    if (!text || text.length > 160 || NEVER.test(text) || leads(element) || element.querySelector("a[href],button,input,select")) return false;
    return getComputedStyle(element).cursor === "pointer" && getComputedStyle(element.parentElement || element).cursor !== "pointer";
  }

  function candidates() {
    const found = [];
    for (const root of roots(document)) {
      for (const element of root.querySelectorAll([FOLD, TAB, OTHER].join(","))) {
        if (element.closest(FRAME) && !element.matches(TAB)) continue;
        const kind = kindOf(element);
        if (kind) found.push([element, kind]);
      }
      for (const option of root.querySelectorAll("select:not([multiple]) option")) {
        const menu = option.closest("select");
        const isYears = menu.options.length <= 12 && YEAR.test(words(option)) && !option.selected && !option.disabled;
        if (isYears && !menu.closest(FRAME) && !menu.disabled && shown(menu) && !/^https?:|^[.]*\//.test(option.value)) found.push([option, "tab"]);
      }
      const boxes = root.querySelectorAll("div,li,span,tr,td,p,h1,h2,h3,h4,h5,h6,section,article");
      if (boxes.length < 6000) {
        for (const element of boxes) {
          if (!element.closest(FRAME) && !clicks.has(element) && isPressed(element) && shown(element)) found.push([element, "press"]);
        }
      }
    }
    return found;
  }

  // What a tab shows is opened before the next tab takes its place.
  const ORDER = {fold: 0, more: 1, press: 2, tab: 3};

  function activate(element) {
    if (element.tagName !== "OPTION") return element.click();
    const menu = element.closest("select");
    menu.value = element.value;
    for (const kind of ["input", "change"]) menu.dispatchEvent(new Event(kind, {bubbles: true}));
  }

  const ita = {
    // Opens what needs no press.
    unfold() {
      for (const root of roots(document)) {
        for (const element of root.querySelectorAll("details:not([open])")) element.open = true;
      }
    },
    // The kind of the next thing to press, "" where nothing is left; the thing itself is pressed by `press`.
    next() {
      const open = candidates().filter(([element, kind]) => (clicks.get(element) || 0) < (kind === "more" ? 5 : 1));
      open.sort((a, b) => ORDER[a[1]] - ORDER[b[1]]);
      list = open.length ? open[0] : null;
      return list ? list[1] : "";
    },
    press() {
      const [element, kind] = list;
      if (!started) {
        started = true;
        firstTab = document.querySelector("[role=tab][aria-selected=true],.nav-tabs .active,.nav-pills .active,.tabs .active")
          || (element.tagName === "OPTION" && element.closest("select").selectedOptions[0]) || null;
        tab = firstTab && YEAR.test(name(firstTab)) ? name(firstTab) : firstTab && firstTab.tagName !== "OPTION" ? name(firstTab) : "";
      }
      if (kind !== "more") remember();
      clicks.set(element, (clicks.get(element) || 0) + 1);
      if (kind === "tab") [tab, fold] = [name(element), ""];
      if (kind === "fold") fold = name(element);
      activate(element);
    },
    // Notes the addresses that the last press led to.
    led(urls) {
      if (list && urls.length) places.set(list[0], [...(places.get(list[0]) || []), ...urls].slice(0, 10));
    },
    back() {
      if (!firstTab || !firstTab.isConnected || isOpen(firstTab) || firstTab.selected) return;
      remember();
      activate(firstTab);
    },
    text: () => words(document.body || document.documentElement).length,
    save() {
      const root = copy(document.documentElement, 0);
      append(root);
      for (const meta of root.querySelectorAll("meta[charset],meta[http-equiv]")) {
        if (meta.hasAttribute("charset")) meta.setAttribute("charset", "utf-8");
        else if (/^content-type$/i.test(meta.getAttribute("http-equiv"))) meta.setAttribute("content", "text/html; charset=utf-8");
      }
      return "<!DOCTYPE html>\n" + root.outerHTML;
    },
  };

  function remember() {
    const room = main();
    if (snapshots.length < 50 && room.innerHTML.length < 400000) snapshots.push({label: tab || fold, clone: copy(room, 0)});
  }

  function copy(node, depth) {
    const clone = node.cloneNode(false);
    if (depth > 700) return clone;
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) clone.appendChild(child.cloneNode(false));
      if (child.nodeType !== Node.ELEMENT_NODE || /^(?:NOSCRIPT|TEMPLATE)$/i.test(child.tagName)) continue;
      // The sign that something is loading is put out of sight when it has been, not taken away.
      if (child.childElementCount < 6 && LOADING.test(child.textContent) && words(child).length <= 60 && !shown(child)) continue;
      clone.appendChild(copy(child, depth + 1));
      for (const url of places.get(child) || []) {
        const link = document.createElement("a");
        link.setAttribute("href", url);
        link.setAttribute("data-ita", "click");
        link.textContent = name(child);
        // No box stands between the cells or rows of a table.
        (/^(?:TR|TD|TH|LI|TBODY)$/.test(child.tagName) ? (clone.lastChild.lastElementChild || clone.lastChild) : clone).appendChild(link);
      }
    }
    if (node.shadowRoot) {
      const inside = document.createElement("div");
      inside.setAttribute("data-ita", "shadow");
      for (const child of copyAll(node.shadowRoot, depth + 1)) inside.appendChild(child);
      clone.appendChild(inside);
    }
    if (clone.tagName === "A" && isRoute(node)) clone.setAttribute("href", node.href);
    return clone;
  }

  function copyAll(root, depth) {
    const box = document.createElement("div");
    for (const child of root.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) box.appendChild(child.cloneNode(false));
      else if (child.nodeType === Node.ELEMENT_NODE && !/^(?:NOSCRIPT|TEMPLATE|STYLE)$/i.test(child.tagName)) box.appendChild(copy(child, depth));
    }
    return [...box.childNodes];
  }

  // What stood on the page before some press and does not stand there any more, under the words that were pressed for it.
  function append(root) {
    const BY_PRESS = "a[data-ita=click]";
    const plain = (element) => {
      const bare = element.cloneNode(true);
      for (const link of bare.querySelectorAll(BY_PRESS)) link.remove();
      return bare;
    };
    const sign = (element) => {
      const bare = element.querySelector(BY_PRESS) ? plain(element) : element;
      return words(bare) + "|" + [bare, ...bare.querySelectorAll("a[href]")].map((a) => a.getAttribute("href") || "").join(" ");
    };
    const pressed = (element) => [...element.querySelectorAll(BY_PRESS)].map((a) => a.getAttribute("href"));
    const isLeaf = (element) => /^(?:TR|LI|P|H[1-6]|A|DT|DD|BUTTON|LABEL|SUMMARY|OPTION)$/.test(element.tagName) || !element.childElementCount;
    const known = new Set([...root.querySelectorAll("*")].filter(isLeaf).map(sign));
    const led = new Set(pressed(root));
    const isKnown = (element) => !element.matches(BY_PRESS) && known.has(sign(element)) && pressed(element).every((url) => led.has(url));
    const room = root.querySelector("main,[role=main]") || root.querySelector("body") || root;
    const sections = [];
    // The last ones know most of where presses led.
    for (const {label, clone} of snapshots.reverse()) {
      for (const frame of clone.querySelectorAll("script,style,nav,header,footer")) frame.remove();
      const rows = [...clone.querySelectorAll("*")].filter((element) => isLeaf(element) && !element.parentElement.closest("tr,li,p,a,dt,dd"));
      const fresh = rows.filter((element) => words(element) && !isKnown(element) && !(element.matches(BY_PRESS) && led.has(element.getAttribute("href"))));
      if (!fresh.some((element) => !element.matches("button,[role=button],[role=tab],summary"))) continue;
      const isFresh = new Set(fresh);
      // What may be the title of something fresh stays; the page's own title stands above already.
      for (const element of rows) {
        if (isFresh.has(element)) continue;
        if (/^(?:TR|LI|P|A|DT|DD|OPTION)$/.test(element.tagName) || (/^H[12]$/.test(element.tagName) && !ITEM.test(words(element)))) element.remove();
      }
      for (const element of fresh) {
        for (const inner of [element, ...element.querySelectorAll("*")]) known.add(sign(inner));
        for (const url of [...pressed(element), ...(element.matches(BY_PRESS) ? [element.getAttribute("href")] : [])]) led.add(url);
      }
      const section = document.createElement("section");
      section.setAttribute("data-ita", "opened");
      const title = document.createElement("h2");
      title.textContent = label;
      if (label) section.appendChild(title);
      section.append(...clone.childNodes);
      sections.unshift(section);
    }
    room.append(...sections);
  }

  Object.defineProperty(window, "__ita", {value: ita, configurable: true});
})();
