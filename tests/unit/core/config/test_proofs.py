"""Each setting has a test that it does something, or says of itself that it does nothing yet.

Who declares a setting adds its test here. Names are files below `tests/` and functions in them.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

from ccr_desktop.core.config.settings import SETTINGS

TESTS = Path(__file__).parents[3]
ROUTES = "component/test_routes.py"
TAKEN = f"{ROUTES}::test_a_route_is_taken_when_its_setting_says_so"
CHANGES = "component/test_rule_changes.py"
FORBIDS = f"{ROUTES}::test_a_rule_may_forbid"
FAILOVER = "component/test_failover.py"
SETS = f"{ROUTES}::test_sets_and_projects_take_the_place_of_router"
LEGACY = f"{ROUTES}::test_a_file_with_the_keys_from_before_there_were_providers_works"
CODE = "unit/cli/test_code.py"
LAUNCH = "unit/launch/test_environment.py"
SILENCE = "component/test_silence_and_timeouts.py"
COLOURS = "unit/desktop/test_app.py::test_the_colours_follow_the_setting_at_once"
TOLD = "unit/desktop/test_attention.py::test_each_kind_is_told_only_while_its_switch_is_on"
PROOFS = {
    "HOST": "component/test_service_life.py::test_the_other_loopback_works_too",
    "PORT": "e2e/test_serve_command.py::test_the_port_option_beats_the_variable_and_that_the_file",
    "APIKEY": "component/test_service_access.py::test_a_wrong_key_is_refused",
    "ClientKeys": "component/test_service_access.py::test_a_device_is_heard_by_a_key_of_its_own",
    "LOG": "component/test_service_files.py::test_without_a_log_no_file_is_written",
    "LOG_LEVEL": "unit/core/observe/test_logging.py::"
    "test_requests_that_went_well_are_left_out_of_a_log_of_warnings",
    "PROXY_URL": "component/test_proxy.py::test_a_proxy_that_does_not_answer_is_named",
    "CA_FILE": "component/test_certificates.py::test_the_own_authority_is_trusted",
    "CUSTOM_ROUTER_PATH": f"{ROUTES}::test_a_custom_router_may_choose_and_may_fail",
    "REWRITE_SYSTEM_PROMPT": (
        f"{ROUTES}::test_the_system_prompt_is_replaced_up_to_its_environment"
    ),
    "forceUseImageAgent": (
        "component/test_image_agent.py::test_the_agent_can_be_forced_upon_new_pictures"
    ),
    "API_TIMEOUT_MS": f"{LAUNCH}::test_claude_is_led_to_the_router",
    "CLAUDE_PATH": f"{CODE}::test_a_claude_that_is_named_wins_over_the_path",
    "NON_INTERACTIVE_MODE": f"{LAUNCH}::test_a_machine_without_a_user_is_told_to_claude",
    "ANTHROPIC_SMALL_FAST_MODEL": f"{LAUNCH}::test_the_model_for_small_tasks_is_told_to_claude",
    "Providers": TAKEN,
    "Router": TAKEN,
    "fallback": (
        "component/test_fallbacks.py::test_the_list_of_claude_code_routers_fallback_counts_too"
    ),
    "Failover": f"{FAILOVER}::test_a_route_is_asked_as_often_as_the_setting_says",
    "Failover.tries": f"{FAILOVER}::test_a_route_is_asked_as_often_as_the_setting_says",
    "Failover.longestWait": (
        f"{FAILOVER}::test_a_provider_is_waited_for_as_long_as_the_setting_says"
    ),
    "Failover.when": f"{FAILOVER}::test_a_failure_that_does_not_count_is_told_at_once",
    "Failover.pauseAfter": f"{FAILOVER}::test_a_provider_that_keeps_failing_is_left_alone",
    "Failover.pauseFor": f"{FAILOVER}::test_after_its_time_the_first_choice_is_asked_again",
    "routeSets": SETS,
    "routeSet": SETS,
    "projects": SETS,
    "transformers": "component/test_transformers.py::test_every_hook_of_a_plugin_runs",
    "StatusLine": "unit/statusline/test_settings.py::"
    "test_the_own_file_comes_before_the_one_of_claude_code_router",
    "OPENAI_API_KEY": LEGACY,
    "OPENAI_BASE_URL": LEGACY,
    "OPENAI_MODEL": LEGACY,
    "Providers[].name": TAKEN,
    "Providers[].api_base_url": "component/test_passthrough.py::"
    "test_the_call_goes_to_the_address_with_query_and_headers_of_the_client",
    "Providers[].api_key": (
        "component/test_passthrough.py::test_the_credential_of_the_client_stays_with_the_router"
    ),
    "Providers[].api_keys": "component/test_fallbacks.py::"
    "test_the_next_key_of_the_pool_is_tried_before_the_next_route",
    "Providers[].auth": f"{ROUTES}::test_a_server_that_wants_no_key_gets_none",
    "Providers[].models": TAKEN,
    "Providers[].paused": "component/test_switched_off.py::"
    "test_the_fallback_answers_for_a_provider_that_is_off",
    "Providers[].transformer": "component/test_transformers.py::"
    "test_options_count_for_the_provider_and_for_one_model",
    "Providers[].dialect": "unit/core/test_targets.py::test_a_target_holds_what_its_provider_says",
    "Providers[].profile": "unit/core/test_known_addresses.py::"
    "test_an_entry_may_say_which_api_is_behind_its_address",
    "Providers[].headers": f"{ROUTES}::test_a_provider_gets_the_headers_that_its_entry_says",
    "Providers[].proxy_url": "component/test_proxy.py::test_a_provider_may_have_a_proxy_of_its_own",
    "Providers[].timeout": f"{SILENCE}::test_connecting_has_an_end",
    "Providers[].timeout.connect_s": f"{SILENCE}::test_connecting_has_an_end",
    "Providers[].timeout.first_byte_s": f"{SILENCE}::test_waiting_for_the_first_byte_has_an_end",
    "Providers[].timeout.idle_s": f"{SILENCE}::test_waiting_in_mid_stream_has_an_end",
    "Providers[].timeout.total_s": f"{ROUTES}::test_the_answer_as_a_whole_has_a_limit",
    "Providers[].tokenizer": "unit/core/test_counting_by_model.py"
    "::test_a_window_is_compared_with_the_count_of_its_own_model",
    "Providers[].context_windows": "component/test_context_windows.py::"
    "test_a_prompt_that_fits_the_route_for_long_contexts_goes_there",
    "Router.default": TAKEN,
    "Router.background": TAKEN,
    "Router.think": TAKEN,
    "Router.longContext": TAKEN,
    "Router.longContextThreshold": TAKEN,
    "Router.webSearch": TAKEN,
    "Router.image": TAKEN,
    "Router.subagent": TAKEN,
    "Router.agents": TAKEN,
    "Router.models": TAKEN,
    "Router.thinkWhen": TAKEN,
    "Router.rules": TAKEN,
    "Router.rules[].name": FORBIDS,
    "Router.rules[].when": FORBIDS,
    "Router.rules[].route": TAKEN,
    "Router.rules[].only": FORBIDS,
    "Router.rules[].never": FORBIDS,
    "Router.rules[].block": FORBIDS,
    "Router.rules[].set": f"{CHANGES}::test_a_rule_sets_members_of_the_request",
    "Router.rules[].use": f"{CHANGES}::test_a_transformer_of_a_rule_runs_where_the_rule_holds",
    "Router.rules[].enabled": f"{CHANGES}::test_a_rule_that_is_off_does_nothing",
    "Desktop": COLOURS,
    "Desktop.theme": COLOURS,
    "Desktop.startHidden": "unit/desktop/test_commands.py::"
    "test_a_hidden_start_shows_no_window_where_there_is_a_tray",
    "Desktop.onClose": "unit/desktop/test_commands.py::"
    "test_closing_the_window_does_what_the_setting_says",
    "Desktop.notifications": TOLD,
    "Desktop.notifications.movedToBackup": TOLD,
    "Desktop.notifications.backToNormal": TOLD,
    "Desktop.notifications.providerPaused": TOLD,
    "Desktop.notifications.noModelLeft": TOLD,
    "Desktop.notifications.keyProblem": TOLD,
    "Desktop.notifications.serviceStopped": TOLD,
    "Desktop.notifications.updateReady": TOLD,
    "Desktop.notifications.routeUsed": TOLD,
    "Desktop.updates": "unit/desktop/updating/test_watch.py::"
    "test_it_looks_as_often_as_the_setting_says",
    "Desktop.updateSource": "component/test_updates.py::"
    "test_the_latest_release_is_told_with_its_notes",
    "Desktop.language": "unit/desktop/test_language.py::"
    "test_the_window_and_the_tray_change_their_language_at_once",
    "Desktop.terminal": "desktop/test_app_launches.py::"
    "test_the_menu_launches_claude_whose_requests_are_seen",
    "Desktop.quietHours": "unit/desktop/test_attention.py::"
    "test_nothing_is_shown_in_the_quiet_hours_but_listed",
    "Desktop.serviceThread": "unit/desktop/test_app.py::test_the_router_may_have_its_own_thread",
    "Desktop.favourites": "unit/desktop/test_overview.py::"
    "test_the_tray_offers_the_models_of_routes_and_providers_unless_the_person_chose",
}


@cache
def _functions(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def test_each_setting_is_proven_to_do_something_or_says_that_it_does_not() -> None:
    idle = {setting.key for setting in SETTINGS if setting.is_idle}

    assert set(PROOFS) | idle == {setting.key for setting in SETTINGS}
    assert not set(PROOFS) & idle, "these do something now: declare them so"


@pytest.mark.parametrize("proof", sorted(set(PROOFS.values())))
def test_each_proof_is_there(proof: str) -> None:
    file, _, name = proof.partition("::")

    assert name in _functions(file)
