// What was written and is not acknowledged yet, kept in the browser: it is there
// after the page is closed, and is sent when there is a connection again.
const open = () => new Promise((done, failed) => {
  const asked = indexedDB.open("warraq-writing", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("updates", { keyPath: ["article", "number"] });
    asked.result.createObjectStore("texts", { keyPath: "article" });
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

const done = (asked) => new Promise((ok, failed) => {
  asked.onsuccess = () => ok(asked.result);
  asked.onerror = () => failed(asked.error);
});

// Where a browser keeps nothing, such as in a private window, what is not
// acknowledged is in memory alone.
export const keep = async (article) => {
  const base = await open().catch(() => null);
  const run = async (mode, work) => {
    if (!base) return undefined;
    try {
      return await work(base.transaction(["updates", "texts"], mode));
    } catch {
      return undefined;
    }
  };
  const all = IDBKeyRange.bound([article, 0], [article, Number.MAX_SAFE_INTEGER]);
  return {
    // An update of a document, with the text as it was then, for eyes alone.
    put: (document, number, update, text) => run("readwrite", (within) => {
      within.objectStore("texts").put({ article, document, text });
      return done(within.objectStore("updates").put({ article, document, number, update }));
    }),
    all: async () => (await run("readonly", (within) => done(within.objectStore("updates").getAll(all)))) || [],
    text: async () => (await run("readonly", (within) => done(within.objectStore("texts").get(article))))?.text || "",
    // All up to a number are on disk elsewhere.
    forget: (number) => run("readwrite", (within) => done(within.objectStore("updates").delete(IDBKeyRange.bound([article, 0], [article, number])))),
  };
};
