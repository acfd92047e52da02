-- CC Switch SQLite 导出
-- 生成时间: 2026-05-01 10:00:00
-- user_version: 11
PRAGMA foreign_keys=OFF;
PRAGMA user_version=11;
BEGIN TRANSACTION;
CREATE TABLE providers (
    id TEXT NOT NULL,
    app_type TEXT NOT NULL,
    name TEXT NOT NULL,
    settings_config TEXT NOT NULL,
    website_url TEXT,
    category TEXT,
    created_at INTEGER,
    sort_index INTEGER,
    notes TEXT,
    icon TEXT,
    icon_color TEXT,
    meta TEXT NOT NULL DEFAULT '{}',
    is_current BOOLEAN NOT NULL DEFAULT 0,
    in_failover_queue BOOLEAN NOT NULL DEFAULT 0,
    PRIMARY KEY (id, app_type)
);
CREATE TABLE mcp_servers (id TEXT PRIMARY KEY, name TEXT NOT NULL, server_config TEXT NOT NULL);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT);
INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "sort_index", "meta", "is_current", "in_failover_queue") VALUES ('official', 'claude', 'Claude Official', '{"env":{}}', 0, '{}', 0, 0);
INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "sort_index", "meta", "is_current", "in_failover_queue") VALUES ('glm', 'claude', 'Zhipu GLM', '{"env":{"ANTHROPIC_BASE_URL":"https://open.bigmodel.cn/api/anthropic","ANTHROPIC_AUTH_TOKEN":"glm-planted-0123456789","ANTHROPIC_MODEL":"glm-5[1m]","ANTHROPIC_DEFAULT_HAIKU_MODEL":"glm-5-air"}}', 1, '{"apiFormat":"anthropic"}', 1, 0);
INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "sort_index", "meta", "is_current", "in_failover_queue") VALUES ('or', 'claude', 'OpenRouter, chat', '{"env":{"ANTHROPIC_BASE_URL":"https://openrouter.ai/api/v1","ANTHROPIC_API_KEY":"sk-or-planted-0123456789","ANTHROPIC_MODEL":"z-ai/glm-5"}}', 2, '{"apiFormat":"openai_chat"}', 0, 1);
INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "sort_index", "meta", "is_current", "in_failover_queue") VALUES ('cx', 'codex', 'Codex relay', '{"auth":{"OPENAI_API_KEY":"sk-cx-planted-0123456789"},"config":"model_provider = \"custom\"\nmodel = \"gpt-5-codex\"\n[model_providers.custom]\nname = \"relay\"\nbase_url = \"https://relay.example.com/v1\"\nwire_api = \"responses\"\n"}', 0, '{}', 1, 0);
INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "sort_index", "meta", "is_current", "in_failover_queue") VALUES ('gm', 'gemini', 'Google', '{"env":{"GEMINI_API_KEY":"AIza-planted-0123456789","GEMINI_MODEL":"gemini-3-pro"}}', 0, '{}', 1, 0);
INSERT INTO "providers" ("id", "app_type", "name", "settings_config", "sort_index", "meta", "is_current", "in_failover_queue") VALUES ('hm', 'hermes', 'Hermes one', '{"base_url":"https://h.example.com"}', 0, '{}', 0, 0);
INSERT INTO "mcp_servers" ("id", "name", "server_config") VALUES ('fetch', 'fetch', '{"command":"uvx"}');
COMMIT;
PRAGMA foreign_keys=ON;
