// The line to the server: what is written goes out, what others write comes in.
// The messages are told in the newsroom's `together` on the server.
import * as Y from "yjs";
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";

const STATE = 0, UPDATE = 1, WRITTEN = 2, KEPT = 3, REFUSED = 4, PRESENT = 5, MISSING = 6;
const PAUSE = 300;
const PATIENCE = 15_000;

const message = (kind, ...parts) => {
  const out = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  out[0] = kind;
  let at = 1;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

export const connect = ({ address, doc, awareness, kept, textOf, told, ready, left: leftOver, ended, again, refused }) => {
  let socket = null, document = null, synced = false, over = false;
  let tries = 0, waiting = [], timer = 0, watch = 0;
  // What the server has, and what an earlier page left.
  let there = null, left = [];
  // Numbers that are not acknowledged.
  const open = new Set();
  let number = Date.now() % 2 ** 32;

  const isOpen = () => socket && socket.readyState === WebSocket.OPEN;
  const tell = () => told(over || !isOpen() || !synced ? "offline" : open.size || waiting.length ? "saving" : "saved");

  const post = (update) => {
    number = (number + 1) % 2 ** 32;
    open.add(number);
    const own = number;
    const digits = new Uint8Array(new Uint32Array([own]).buffer);
    return kept.put(document, own, update, textOf()).then(() => {
      if (isOpen() && synced) socket.send(message(WRITTEN, digits, update));
      clearTimeout(watch);
      watch = setTimeout(() => open.size && socket?.close(), PATIENCE);
    });
  };

  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    if (!waiting.length || !document) return;
    const update = Y.mergeUpdates(waiting);
    waiting = [];
    post(update);
    tell();
  };

  doc.on("update", (update, origin) => {
    if (origin === "line" || over) return;
    waiting.push(update);
    timer ||= setTimeout(flush, PAUSE);
    tell();
  });

  const stop = (call) => {
    over = true;
    removeEventListener("online", back);
    removeEventListener("offline", gone);
    awareness.destroy();
    socket?.close();
    tell();
    call();
  };

  // All that the server lacks, as one: it stands for everything that was open before.
  const catchUp = (state) => {
    waiting = [];
    open.clear();
    const missing = Y.encodeStateAsUpdate(doc, state);
    // An update that says nothing has two bytes.
    if (missing.length > 2) post(missing);
    else kept.forget(number);
  };

  const hear = async (bytes) => {
    const content = bytes.subarray(1);
    if (bytes[0] === STATE) {
      synced = false;
      there = content;
      socket.send(message(STATE, Y.encodeStateVector(doc)));
    } else if (bytes[0] === UPDATE) {
      Y.applyUpdate(doc, content, "line");
    } else if (bytes[0] === MISSING) {
      Y.applyUpdate(doc, content, "line");
      // What an earlier page left goes on from what came now.
      for (const update of left) Y.applyUpdate(doc, update, "line");
      left = [];
      synced = true;
      catchUp(there);
      ready();
      present();
    } else if (bytes[0] === KEPT || bytes[0] === REFUSED) {
      const own = new DataView(content.buffer, content.byteOffset).getUint32(0, true);
      if (bytes[0] === REFUSED) {
        if (content[4] === 0) socket.close();
        else stop(() => refused(content[4]));
        return;
      }
      open.delete(own);
      if (!open.size) {
        clearTimeout(watch);
        kept.forget(own);
      }
    } else if (bytes[0] === PRESENT) {
      const before = awareness.getStates().size;
      applyAwarenessUpdate(awareness, content, "line");
      if (awareness.getStates().size > before) present();
    }
    tell();
  };

  const present = () => {
    if (isOpen() && synced) socket.send(message(PRESENT, encodeAwarenessUpdate(awareness, [doc.clientID])));
  };
  awareness.on("update", (_, origin) => origin !== "line" && present());

  const back = () => {
    tries = 0;
    dial();
  };
  const gone = () => socket?.close();

  const dial = () => {
    if (over || (socket && socket.readyState < WebSocket.CLOSING)) return;
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    synced = false;
    const own = socket;
    let queue = Promise.resolve();
    own.onmessage = ({ data }) => {
      queue = queue.then(async () => {
        if (typeof data !== "string") return hear(new Uint8Array(data));
        const isLeft = open.size > 0 || waiting.length > 0;
        if (data === "ended") return stop(() => ended(isLeft));
        if (data === "anew") return stop(() => again(isLeft));
        const hello = JSON.parse(data);
        tries = 0;
        if (document && document !== hello.document) return stop(() => again(isLeft));
        if (!document) {
          document = hello.document;
          const all = await kept.all();
          left = all.filter((one) => one.document === document).map((one) => one.update);
          if (all.length > left.length) {
            leftOver(await kept.text());
            if (!left.length) await kept.forget(Number.MAX_SAFE_INTEGER);
          }
          awareness.setLocalStateField("user", { name: hello.name });
        }
        return undefined;
      });
    };
    own.onclose = () => {
      if (own !== socket) return;
      synced = false;
      removeAwarenessStates(awareness, [...awareness.getStates().keys()].filter((id) => id !== doc.clientID), "line");
      tell();
      if (over) return;
      // Each at another moment, so that all do not come at once.
      const pause = Math.min(30_000, 500 * 2 ** tries) * (0.5 + Math.random());
      tries += 1;
      setTimeout(dial, pause);
    };
  };
  addEventListener("online", back);
  addEventListener("offline", gone);
  dial();

  return {
    // Sends what waits; true once all is acknowledged.
    settle: () => new Promise((settled) => {
      flush();
      const until = Date.now() + PATIENCE;
      const look = () => {
        const all = !open.size && !waiting.length && isOpen() && synced;
        if (all || Date.now() > until || over) settled(all);
        else setTimeout(look, 30);
      };
      look();
    }),
    // Nothing is sent or taken any more.
    leave: () => stop(() => {}),
    isOver: () => over,
    isSettled: () => !open.size && !waiting.length && isOpen() && synced,
  };
};
