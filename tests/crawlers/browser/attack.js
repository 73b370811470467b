// Everything that a page may try to speak to somebody with; PORT is where somebody listens.
const secret = "http://169.254.169.254/latest/meta-data/", near = "http://127.0.0.1:PORT/", ws = "ws://127.0.0.1:PORT/";
const try_ = (f) => { try { const r = f(); if (r && r.catch) r.catch(() => 0); } catch (e) {} };
try_(() => fetch(secret)); try_(() => fetch(near)); try_(() => fetch(near, {method: "POST", body: "x", mode: "no-cors"}));
try_(() => fetch("http://localhost:PORT/")); try_(() => fetch("http://[::1]:PORT/")); try_(() => fetch("http://2130706433:PORT/"));
try_(() => { const x = new XMLHttpRequest(); x.open("PUT", near); x.send("x"); });
try_(() => new WebSocket(ws)); try_(() => new WebSocket("ws://localhost:PORT/x"));
try_(() => new EventSource(near)); try_(() => navigator.sendBeacon(near, "x"));
try_(() => navigator.serviceWorker.register("/sw.js"));
try_(() => new Worker("/worker.js")); try_(() => new SharedWorker("/worker.js"));
try_(() => new Worker(URL.createObjectURL(new Blob([`fetch("${near}"); new WebSocket("${ws}")`]))));
try_(() => new WebTransport("https://127.0.0.1:PORT/"));
try_(() => { const p = new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:PORT"}, {urls: "turn:127.0.0.1:PORT?transport=tcp", username: "a", credential: "b"}]});
  p.createDataChannel("x"); p.createOffer().then((o) => p.setLocalDescription(o)); });
for (const rel of ["prefetch", "preconnect", "dns-prefetch", "prerender", "preload", "modulepreload", "icon", "manifest", "stylesheet"]) {
  const l = document.createElement("link"); l.rel = rel; l.href = near + rel; l.as = "image"; document.head.append(l); }
for (const [tag, at] of [["img", "src"], ["iframe", "src"], ["object", "data"], ["embed", "src"], ["video", "src"], ["script", "src"], ["frame", "src"]]) {
  const e = document.createElement(tag); e[at] = near + tag; document.body.append(e); }
const f = document.createElement("form"); f.method = "post"; f.action = near; document.body.append(f); try_(() => f.submit());
const inner = document.createElement("iframe"); inner.srcdoc = `<script>fetch("${near}srcdoc"); new WebSocket("${ws}"); top.postMessage(1, "*");
  try { new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:PORT"}]}).createDataChannel("y") } catch (e) {}<\/script>`; document.body.append(inner);
const blank = document.createElement("iframe"); document.body.append(blank);
try_(() => { const P = blank.contentWindow.RTCPeerConnection; const p = new P({iceServers: [{urls: "stun:127.0.0.1:PORT"}]});
  p.createDataChannel("z"); p.createOffer().then((o) => p.setLocalDescription(o)); });
try_(() => new blank.contentWindow.WebSocket(ws)); try_(() => blank.contentWindow.fetch(near)); try_(() => new blank.contentWindow.Worker("/worker.js"));
try_(() => window.open(near)); try_(() => blank.contentWindow.open(near + "popup"));
const a = document.createElement("a"); a.href = near + "blank"; a.target = "_blank"; a.ping = near + "ping"; a.textContent = "x"; document.body.append(a); a.click();
const d = document.createElement("a"); d.href = near + "file.zip"; d.download = "x.zip"; document.body.append(d); d.click();
setTimeout(() => { location.href = "http://localhost:PORT/away"; }, 300);
setTimeout(() => { document.body.append("ยังอยู่"); }, 600);
