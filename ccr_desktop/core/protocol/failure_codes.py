"""The codes and words of providers' errors, and the HTTP status that each stands for: data only.

Sources: the providers' references (https://platform.minimax.io/docs/api-reference/errorcode,
https://docs.z.ai/api-reference/api-code, https://cloud.google.com/apis/design/errors,
https://openrouter.ai/docs/api-reference/errors, https://help.aliyun.com/zh/model-studio/error-code,
https://www.volcengine.com/docs/82379/1299023, https://platform.kimi.ai/docs/api/errors,
https://docs.siliconflow.cn/cn/faqs/error-code,
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html), and what
their users report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

STATUS_OF_NUMBER: Mapping[str, int] = {
    # MiniMax, which sends them with a status of 200
    "1001": 504,
    "1002": 429,
    "1004": 401,
    "1008": 402,
    "1013": 500,
    "1024": 500,
    "1026": 400,
    "1027": 400,
    "1039": 429,
    "2013": 400,
    "2049": 401,
    "2056": 429,
    # Zhipu, which may
    "1000": 401,
    "1003": 401,
    "1113": 402,
    "1210": 400,
    "1211": 404,
    "1214": 400,
    "1261": 400,
    "1301": 400,
    "1302": 429,
    "1303": 429,
    "1305": 429,
    "1308": 429,
    "1312": 529,
    # SiliconFlow
    "20015": 400,
    "30001": 402,
    "50505": 529,
}
"""Numbers, as text."""

STATUS_OF_NAME: Mapping[str, int] = {
    # Anthropic
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "timeout_error": 504,
    "conflict_error": 409,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "overloaded_error": 529,
    # Google
    "invalid_argument": 400,
    "failed_precondition": 400,
    "out_of_range": 400,
    "unauthenticated": 401,
    "permission_denied": 403,
    "not_found": 404,
    "resource_exhausted": 429,
    "internal": 500,
    "unavailable": 529,
    "deadline_exceeded": 504,
    # OpenAI, and those that have its words
    "unsupported_parameter": 400,
    "unsupported_value": 400,
    "invalid_prompt": 400,
    "content_filter": 400,
    "context_length_exceeded": 400,
    "invalid_api_key": 401,
    "model_not_found": 404,
    "rate_limit_exceeded": 429,
    "server_error": 500,
    # OpenRouter
    "content_policy_violation": 400,
    "max_tokens_exceeded": 400,
    "payment_required": 402,
    "provider_overloaded": 529,
    "provider_unavailable": 529,
    # Moonshot
    "invalid_authentication_error": 401,
    "rate_limit_reached_error": 429,
    "engine_overloaded_error": 429,
    # DashScope
    "invalidparameter": 400,
    "data_inspection_failed": 400,
    "datainspectionfailed": 400,
    "invalidapikey": 401,
    "modelnotfound": 404,
    # Volcengine
    "sensitivecontentdetected": 400,
    "serveroverloaded": 529,
    # Amazon; what it calls an error of the model may pass when the request is sent again
    "validationexception": 400,
    "unrecognizedclientexception": 401,
    "expiredtokenexception": 401,
    "accessdeniedexception": 403,
    "resourcenotfoundexception": 404,
    "throttlingexception": 429,
    "servicequotaexceededexception": 429,
    "modelnotreadyexception": 429,
    "internalserverexception": 500,
    "modelerrorexception": 500,
    "modelstreamerrorexception": 500,
    "serviceunavailableexception": 503,
    "modeltimeoutexception": 504,
}
"""Names, in lower case."""

NO_MONEY = frozenset(
    {
        "insufficient_quota",
        "billing_hard_limit_reached",
        "exceeded_current_quota_error",
        "arrearage",
        "accountoverdueerror",
        "1113",
        "30001",
    }
)
"""What an account without money is called, whatever the status: those of too many requests, of a
bad request and of a forbidden one occur."""

UNREADABLE_CALL = "tool_use_failed"
"""Groq's word for a tool call that it could not read, sent with 400. The request is not to blame,
and the model may write a better one when it is asked once more."""

OVERFLOWS = frozenset(
    {
        "context_length_exceeded",
        "exceed_context_size_error",
        "model_max_prompt_tokens_exceeded",
        "1261",
    }
)
"""What is called so is a context overflow, whatever the status and the words."""

OVERFLOW_WORDS = re.compile(
    r"context[_ ](length|window|size)|maximum context|prompt is too long|too many tokens"
    r"|exceed_context_size|input is too long|max_context|reduce the length"
    r"|exceeds the maximum number of tokens|exceeded model token limit|maximum prompt length"
    r"|range of input length|max_seq_len|max message tokens|prompt token count of"
    r"|`inputs` tokens|tokens per minute.{0,20}limit \d+, requested \d+",
    re.I,
)
"""How it is told in words. At Groq a request that is larger than what a minute may have is one,
too: waiting would not help."""

# What a provider says when it sends no usable status; first match wins.
STATUS_OF_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"usage_limit_reached|rate[ _-]?limit|too many requests|\brate\b", re.I), 429),
    (re.compile(r"throttl", re.I), 429),
    (re.compile(r"insufficient_quota|quota|credit|balance|payment", re.I), 402),
    (re.compile(r"overload|capacity|busy|unavailable|insufficient_system_resource", re.I), 529),
    (re.compile(r"context|too long|maximum|invalid_request|invalid_argument", re.I), 400),
    (re.compile(r"single tool[ -]calls?|parallel[ _]tool[ _]calls?|not supported", re.I), 400),
    (re.compile(r"api[_ ]?key|unauthori[sz]ed|authentication", re.I), 401),
    (re.compile(r"time[d_ -]?out", re.I), 504),
)
