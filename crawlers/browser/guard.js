// Put into every page and frame before its own scripts. The network is closed outside (gate.py, machine.py); this takes away
// what would only wait in vain there, or stop the page to ask a person.
(() => {
  const quiet = () => undefined;
  window.alert = window.print = quiet;
  window.confirm = () => false;
  window.prompt = () => null;
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "WebTransport", "Worker", "SharedWorker",
                      "EventSource", "PaymentRequest", "Notification"]) {
    try { delete window[name]; Object.defineProperty(window, name, {value: undefined}); } catch (error) { /* stays, behind the wall */ }
  }
  try { navigator.sendBeacon = () => true; } catch (error) { /* refused outside all the same */ }

  // What a visitor sees in a closed part is seen here too.
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) { return attach.call(this, {...options, mode: "open"}); };

  // A new window is an address and no window.
  const left = [];
  window.open = (url) => {
    try { if (url) left.push(new URL(String(url), document.baseURI).href); } catch (error) { /* no address */ }
    return null;
  };
  Object.defineProperty(window, "__ita_left", {value: () => left.splice(0), enumerable: false});
})();
