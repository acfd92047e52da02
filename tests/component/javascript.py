"""A plugin in JavaScript, and the configuration with one."""

import textwrap
from pathlib import Path
from typing import Any

from tests.component.conftest import configuration
from tests.component.provider import JsonObject, Provider

TRANSFORMER = """
class Mine {
  constructor(options) { this.name = "mine"; this.options = options; }

  async transformRequestIn(request, provider, context) {
    this.logger.info("asked", provider.name);
    console.log("what a plugin prints harms nothing");
    return {
      body: {
        ...request,
        user: `${provider.name},${context.req.sessionId}`,
        seed: this.options.seed,
      },
      config: {
        url: new URL("/other", provider.baseUrl),
        headers: { "X-Mine": "1", Authorization: undefined },
      },
    };
  }

  async transformResponseOut(response, context) {
    if (!response.headers.get("Content-Type")?.includes("stream")) {
      const message = await response.json();
      message.choices[0].message.content = message.choices[0].message.content.toUpperCase();
      return new Response(JSON.stringify(message), { status: 200, headers: response.headers });
    }
    const decoder = new TextDecoder(), encoder = new TextEncoder();
    const shout = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        const loud = text.replace(/(?<="content": ").*?(?=")/g, (words) => words.toUpperCase());
        controller.enqueue(encoder.encode(loud));
      },
    });
    return new Response(response.body.pipeThrough(shout), { headers: response.headers });
  }
}
module.exports = Mine;
"""


def script(home: Path, text: str, name: str = "plugin.js") -> str:
    path = home / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return str(path)


def chained(provider: Provider, path: str, **options: Any) -> JsonObject:
    """The configuration with the plugin `mine` for the provider `mock`."""
    raw = configuration(provider.url)
    raw["Providers"][0]["transformer"] = {"use": ["mine"]}
    return {**raw, "transformers": [{"path": path, "options": {"seed": 7, **options}}]}
