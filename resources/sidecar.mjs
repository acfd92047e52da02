// Runs claude-code-router's plugins for the router: custom routers and transformers in JavaScript.
//
// `node sidecar.mjs describe FILE` tells what a file is. Without arguments it reads one JSON object
// a line from standard input and answers with one a line on standard output; the router's side is
// core/sidecar.py. What plugins print goes to standard error.

import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (...rest) => process.stderr.write(...rest);
for (const name of ["log", "info", "debug", "warn"]) console[name] = console.error;

const HOOKS = ["auth", "transformRequestOut", "transformRequestIn", "transformResponseOut", "transformResponseIn"];
// A function that makes objects, as they were written before there were classes.
const SETS_HOOK = new RegExp(`\\bthis\\s*\\.\\s*(${HOOKS.join("|")})\\s*=`);
// A line may be only so long, and so may a string: a plugin may give its whole answer at once.
const PIECE = 3 * 2 ** 18;
// The line end before it closes what a plugin may have written to the descriptor itself.
const tell = (message) => write("\n" + JSON.stringify(message) + "\n");
const logger = Object.fromEntries(
  ["trace", "debug", "info", "warn", "error", "fatal"].map((level) => [
    level,
    (...words) => tell({ event: "log", level, text: words.map(shown).join(" ") }),
  ]),
);

function shown(value) {
  if (value instanceof Error) return value.stack;
  return typeof value === "string" ? value : JSON.stringify(value);
}

// -- files -------------------------------------------------------------------------------------

async function load(path, version) {
  const require = createRequire(path);
  try {
    delete require.cache[require.resolve(path)];
    return exported(require(path));
  } catch (error) {
    if (error.code !== "ERR_REQUIRE_ESM" && !(error instanceof SyntaxError)) throw error;
    return exported(await import(`${pathToFileURL(path)}?version=${version}`));
  }
}

function exported(module) {
  return module?.default ?? module;
}

function isConstructor(value) {
  if (typeof value !== "function") return false;
  const text = String(value);
  if (/^class\b/.test(text) || HOOKS.some((hook) => hook in (value.prototype ?? {}))) return true;
  return /^function\b/.test(text) && SETS_HOOK.test(text);
}

async function describe(path, options) {
  const found = await load(path, 0);
  if (typeof found !== "function") return { kind: "nothing" };
  if (!isConstructor(found)) return { kind: "function" };
  const made = new found(options);
  return { kind: "transformer", ...about(made, found) };
}

function about(made, Class) {
  return {
    name: made.name || Class.TransformerName || "",
    endPoint: made.endPoint ?? null,
    hooks: HOOKS.filter((hook) => typeof made[hook] === "function"),
  };
}

// -- calls -------------------------------------------------------------------------------------

const instances = new Map();
const routers = new Map();
const streams = new Map();

const operations = {
  async ping() {
    return true;
  },

  async load({ instance, path, options, version }) {
    const Class = await load(path, version);
    const made = new Class(options);
    made.logger = logger;
    instances.set(instance, made);
    return about(made, Class);
  },

  async call({ instance, hook, args }) {
    const found = (await instances.get(instance)[hook](...args)) ?? null;
    const headers = found?.config?.headers;
    // A header that is set to undefined is one to leave out, which JSON can't say.
    if (headers) for (const name of Object.keys(headers)) headers[name] ??= null;
    return found;
  },

  async route({ path, version, request, config }) {
    const key = `${path} ${version}`;
    if (!routers.has(key)) routers.set(key, await load(path, version));
    const asked = { ...request, log: logger };
    const route = await routers.get(key)(asked, config, { event: new EventEmitter() });
    return { route: route ?? null, body: asked.body };
  },
};

// A response on its way: chunks come in by messages, and what the plugin makes of them goes out.
async function respond({ id, instance, hook, status, headers, context }) {
  const stream = { isCancelled: false };
  const body = new ReadableStream({
    start(controller) {
      stream.controller = controller;
    },
  });
  streams.set(id, stream);
  try {
    const given = new Response(body, { status, headers });
    const made = (await instances.get(instance)[hook](given, context)) ?? given;
    tell({ id, event: "head", status: made.status, headers: Object.fromEntries(made.headers) });
    stream.reader = made.body?.getReader();
    if (stream.reader) await pump(id, stream);
    if (!stream.isCancelled) tell({ id, event: "end" });
  } catch (error) {
    if (!stream.isCancelled) tell({ id, event: "failed", error: told(error) });
  } finally {
    streams.delete(id);
  }
}

async function pump(id, stream) {
  for (;;) {
    const { done, value } = await stream.reader.read();
    if (done || stream.isCancelled) return;
    const bytes = Buffer.from(typeof value === "string" ? value : new Uint8Array(value));
    for (let at = 0; at < bytes.length; at += PIECE) {
      tell({ id, event: "chunk", data: bytes.toString("base64", at, at + PIECE) });
    }
  }
}

const signals = {
  chunk: (stream, { data }) => stream.controller.enqueue(new Uint8Array(Buffer.from(data, "base64"))),
  end: (stream) => stream.controller.close(),
  broken: (stream, { error }) => stream.controller.error(new Error(error)),
  cancel(stream) {
    stream.isCancelled = true;
    try {
      stream.controller.error(new Error("cancelled"));
    } catch {
      // it had ended
    }
    // A stream of the plugin's own does not end with the one that it was given.
    stream.reader?.cancel().catch(() => {});
  },
};

function told(error) {
  try {
    return { message: String(error?.message ?? error), stack: String(error?.stack ?? "") };
  } catch {
    return { message: "it threw what can't be put into words", stack: "" };
  }
}

async function answer(message) {
  const { id, op } = message;
  if (op === "respond") return respond(message);
  if (op in signals) {
    const stream = streams.get(id);
    try {
      if (stream) signals[op](stream, message);
    } catch {
      // a plugin that has read enough has closed its side
    }
    return;
  }
  try {
    tell({ id, ok: await operations[op](message) });
  } catch (error) {
    tell({ id, error: told(error) });
  }
}

process.on("unhandledRejection", (error) => logger.error(error));
process.on("uncaughtException", (error) => logger.error(error));

if (process.argv[2] === "describe") {
  try {
    tell({ ok: await describe(process.argv[3], JSON.parse(process.argv[4] ?? "{}")) });
  } catch (error) {
    tell({ error: told(error) });
  }
  process.exit(0);
} else {
  createInterface({ input: process.stdin }).on("line", (line) => answer(JSON.parse(line))).on("close", () => process.exit(0));
}
