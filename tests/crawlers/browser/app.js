// The application of the site in spa.py.
const root = document.getElementById("__next");
const get = async (path) => (await fetch(path)).json();
const menu = `<nav><a href="/">หน้าแรก</a> <a href="/ita">ITA</a> <a href="/old.html">เว็บเดิม</a></nav>`;
async function home() { root.innerHTML = menu + `<main><h1>เทศบาลตำบลตัวอย่าง</h1><p>ยินดีต้อนรับสู่เว็บไซต์ของเทศบาลตำบลตัวอย่าง</p></main>`; }
async function ita() {
  root.innerHTML = menu + `<main><h1>การเปิดเผยข้อมูลสาธารณะ (OIT)</h1><p id=wait>กำลังโหลดข้อมูล...</p></main>`;
  const years = await get("/api/years");
  const main = root.querySelector("main");
  document.getElementById("wait").style.display = "none";
  main.insertAdjacentHTML("beforeend", `<div role=tablist>${years.map((y) => `<button role=tab>ปี ${y}</button>`).join("")}</div><div id=items></div>`);
  const show = async (year, tab) => {
    main.querySelectorAll("[role=tab]").forEach((t) => t.setAttribute("aria-selected", String(t === tab)));
    const items = await get(`/api/ita?year=${year}`);
    document.getElementById("items").innerHTML = items.map((i, n) =>
      `<h3><button class="accordion-button collapsed" aria-expanded=false data-n=${n}>${i.code} ${i.name}</button></h3><div class=panel></div>`).join("");
    main.querySelectorAll("[data-n]").forEach((button) => button.addEventListener("click", async () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      const panel = button.closest("h3").nextElementSibling;
      if (open) { panel.innerHTML = ""; return; }
      const item = items[button.dataset.n];
      const files = await get(`/api/files?item=${item.code}&year=${year}`);
      panel.innerHTML = "<ul>" + files.map((f) => `<li>${f.title} <a href="${f.url}">เปิด</a></li>`).join("") + "</ul>";
      if (item.code === "O2") {
        const b = document.createElement("button"); b.textContent = "ดาวน์โหลดเอกสาร";
        b.addEventListener("click", () => window.open(`/files/${year}/O2-button.pdf`, "_blank"));
        panel.append(b);
      }
    }));
  };
  main.querySelectorAll("[role=tab]").forEach((tab, n) => tab.addEventListener("click", () => show(years[n], tab)));
  await show(years[0], main.querySelector("[role=tab]"));
  const more = document.createElement("button"); more.textContent = "โหลดเพิ่มเติม"; main.append(more);
  more.addEventListener("click", async () => {
    const files = await get("/api/more"); more.remove();
    main.insertAdjacentHTML("beforeend", files.map((f) => `<p>${f.title} <a href="${f.url}">เปิด</a></p>`).join(""));
  });
}
location.pathname.startsWith("/ita") ? ita() : home();
