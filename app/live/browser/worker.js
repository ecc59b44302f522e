// Listens to the server for all tabs at once: a browser gives a site six connections, and each listener would take one.

"use strict";

const tabs = new Set();
const NAMES = ["hello", "refresh", "state", "release", "restart"];
const SOON = 250; // milliseconds after which a server that has gone is looked for again; it takes longer each time
const LATE = 4000;

let pause = SOON;
let last = null; // what a tab that comes later has to know

function listen() {
  const source = new EventSource("/_octavo/events");
  for (const name of NAMES) source.addEventListener(name, ({ data }) => tell({ name, ...JSON.parse(data) }));
  source.addEventListener("open", () => (pause = SOON));
  source.addEventListener("error", () => {
    source.close();
    tell({ name: "away" });
    setTimeout(listen, pause);
    pause = Math.min(2 * pause, LATE);
  });
}

function tell(message) {
  if (["hello", "away"].includes(message.name)) last = message;
  else if (message.name === "refresh") last = { ...last, name: "hello", refresh: message.refresh };
  for (const tab of tabs) tab.postMessage(message);
}

function join(tab) {
  tabs.add(tab);
  tab.onmessage = () => tabs.delete(tab); // all that a tab ever says is that it goes
  if (last) tab.postMessage(last);
}

// Where tabs cannot share a worker each has its own.
if ("onconnect" in self) self.onconnect = ({ ports: [tab] }) => join(tab);
else join(self);
listen();
