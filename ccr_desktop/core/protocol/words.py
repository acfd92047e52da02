"""What content blocks say in words, for protocols that know fewer kinds of blocks."""

from __future__ import annotations

from base64 import b64decode

from ccr_desktop.core.protocol.json import JsonObject, dumps_text
from ccr_desktop.core.protocol.messages import blocks, objects, reference_words

_NO_OUTPUT = "(no output)"
_SEARCH = "web_search"
_SAID_BY_SERVERS = ("url", "title", "stdout", "stderr", "error_code")
_ERROR_STARTS = ("error", "<tool_use_error>")


def decoded_text(data: str) -> str:
    try:
        return b64decode(data).decode("utf-8", "replace")
    except ValueError:
        return "[the document's data is broken]"


def titled(block: JsonObject, text: str) -> str:
    title, context = block.get("title"), block.get("context")
    lines = [f"Document: {title}" if title else "", str(context or ""), text]
    return "\n".join(line for line in lines if line)


def search_result_text(block: JsonObject) -> str:
    head = f"{block.get('title', '')} ({block.get('source', '')})"
    return f"{head}\n{plain_text(block.get('content'))}"


def block_text(block: JsonObject) -> str | None:
    """A user block that stands for itself in words; None where it has none."""
    match block.get("type"):
        case "search_result":
            return search_result_text(block)
        case "tool_result":
            return f"Result of an earlier tool call:\n{tool_result_text(block)}"
        case "compaction":
            return str(block.get("content") or "")
        case _:
            text = block.get("text")
            return text if isinstance(text, str) else None


def plain_text(content: object) -> str:
    """The words of content of any kind."""
    return "\n".join(text for block in blocks(content) if (text := _words(block)).strip())


def _words(block: JsonObject) -> str:
    match block.get("type"):
        case "image":
            return "[image, shown below]"
        case "document":
            return document_words(block)
        case "tool_reference":
            return reference_words(block)
        case "search_result":
            return search_result_text(block)
        case "web_search_tool_result":
            return web_search_text(block)
        case _:
            text = block.get("text")
            return text if isinstance(text, str) else ""


def document_words(block: JsonObject) -> str:
    match block.get("source"):
        case {"type": "text", "data": str(text)}:
            return titled(block, text)
        case {"type": "content", "content": content}:
            return titled(block, plain_text(content))
        case _:
            return "[document, shown below]"


def web_search_text(block: JsonObject) -> str:
    """The links of a server-side search."""
    content = block.get("content")
    if not isinstance(content, list):
        return f"The web search failed: {dumps_text(content)}"
    links = [f"- {hit.get('title', '')}: {hit.get('url', '')}" for hit in blocks(content)]
    return "\n".join(["Web search results:", *links])


def answer_text(block: JsonObject) -> str:
    """What a block of an answer says, or that Anthropic's servers did there; empty for others."""
    match block.get("type"):
        case "text":
            return str(block["text"])
        case "compaction":
            return str(block.get("content") or "")
        case "web_search_tool_result":
            return web_search_text(block)
        case "server_tool_use" | "mcp_tool_use" if block.get("name") != _SEARCH:
            return f"[I ran {block.get('name')} with {dumps_text(block.get('input') or {})}]"
        case str(kind) if kind.endswith("_tool_result"):
            return f"[It gave] {_server_result(block.get('content'))}"
        case _:
            return ""


def _server_result(content: object) -> str:
    """The words of what came of running code, fetching a page, or a server's tool."""
    if not isinstance(content, dict):
        return (content if isinstance(content, str) else plain_text(content)) or _NO_OUTPUT
    held = content.get("content")
    inner = (
        held if isinstance(held, str) else plain_text(held if isinstance(held, list) else [held])
    )
    names = [str(each.get("tool_name")) for each in objects(content.get("tool_references"))]
    said = [content.get(name) for name in _SAID_BY_SERVERS]
    lines = [*(text for text in said if isinstance(text, str)), *names, inner]
    return "\n".join(line for line in lines if line.strip()) or _NO_OUTPUT


def result_words(block: JsonObject) -> str:
    """What a tool's result says, as it stands."""
    content = block.get("content")
    text = content if isinstance(content, str) else plain_text(content)
    return text if text.strip() else _NO_OUTPUT


def tool_result_text(block: JsonObject) -> str:
    """A tool's result where there is no error flag, so that an error says so itself."""
    text = result_words(block)
    is_plain_error = block.get("is_error") is True and not text.lower().startswith(_ERROR_STARTS)
    return f"Error: {text}" if is_plain_error else text


def result_attachments(block: JsonObject) -> list[JsonObject]:
    """The images and documents of a tool result that text can't hold."""
    return [part for part in blocks(block.get("content")) if _is_attachment(part)]


def _is_attachment(part: JsonObject) -> bool:
    """Images, and the documents that are not text themselves."""
    match part:
        case {"type": "document", "source": {"type": "text" | "content"}}:
            return False
        case {"type": "image" | "document", "source": dict()}:
            return True
        case _:
            return False
