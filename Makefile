# The commands of a working day. `make` alone lists them. Every step says what it does and is skipped when done.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
DONE := $(VENV)/.done
PYTEST_ARGS ?=
WORKERS ?= 2
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONUNBUFFERED := 1
# Offices reach their package mirror under a certificate of their own, which stands in the system's store.
export UV_SYSTEM_CERTS := true
export UV_NATIVE_TLS := true
# A developer's shell may have another virtual environment active; it has no part in this one.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH
# Without compiled files each of the many processes that tests start would compile Django and the platform anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## 列出所有命令 / list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort -s -k1,1 | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(DONE)/python $(DONE)/package $(DONE)/assets $(DONE)/messages $(DONE)/browser ## 安装全部依赖 / install everything needed
	@echo "准备完毕 / set up. 下一步 / next: make run"

.PHONY: run
run: setup ## 启动平台（端口 PORT，默认 8000） / start the platform on PORT
	$(BIN)/hotline serve --migrate --port $(PORT)

.PHONY: demo
demo: setup ## 启动演示城市（端口 PORT，默认 8000） / serve a populated demo city on PORT
	$(BIN)/hotline demo --port $(PORT)

.PHONY: test
test: setup check ## 检查并运行全部测试（WORKERS 个进程） / check the code, run all tests in WORKERS processes
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

.PHONY: check
check: export HOTLINE_HOME := $(CURDIR)/var/test-$(shell id -un)
check: $(DONE)/python $(DONE)/package ## 格式、类型、分层、迁移 / format, types, layers, migrations
	$(BIN)/ruff format --check src tests $(wildcard bench)
	$(BIN)/ruff check src tests $(wildcard bench)
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/hotline django makemigrations --check --dry-run

.PHONY: format
format: $(DONE)/python ## 整理代码格式 / format the code
	$(BIN)/ruff check --fix-only src tests $(wildcard bench)
	$(BIN)/ruff format src tests $(wildcard bench)

.PHONY: messages
messages: $(DONE)/python ## 收集待译文字并编译译文 / gather and compile translations
	$(BIN)/hotline messages gather
	$(BIN)/hotline messages compile

.PHONY: migrations
migrations: $(DONE)/python ## 由模型生成迁移 / write migrations for changed models
	$(BIN)/hotline django makemigrations

.PHONY: docs
docs: export HOTLINE_HOME := $(CURDIR)/var/docs
docs: $(DONE)/python $(DONE)/package ## 重写由代码生成的文档 / write anew the documents made from the code
	$(BIN)/hotline rules flow > docs/flow.md
	$(BIN)/hotline api-schema --output docs/api

.PHONY: bench
bench: setup ## 度量一件工单各步的开销 / measure what each step of a ticket costs
	$(BIN)/python bench/walk.py

.PHONY: requirements
requirements: $(DONE)/python ## 重新锁定 Python 依赖 / pin the Python requirements anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --exclude-newer "7 days" --custom-compile-command "make requirements" requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --exclude-newer "7 days" --custom-compile-command "make requirements" requirements/dev.in -o requirements/dev.txt

.PHONY: clean
clean: ## 删除可重新生成的文件（不动 var 中的数据） / delete what can be made again; data in var stays
	rm -rf $(VENV) node_modules src/hotline/static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete

# --- the steps of `make setup`; each leaves a file in .venv/.done ---

$(VENV)/bin/python:
	@python=$$(for name in python3.11 python3.12 python3.13 python3; do \
	  if command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v $$name; break; fi; done); \
	if [ -z "$$python" ]; then echo "需要 Python 3.11 以上 / Python 3.11 or newer is needed: apt-get install python3 python3-venv" >&2; exit 1; fi; \
	echo "· 建立 Python 环境（$$python） / making the Python environment"; \
	"$$python" -m venv $(VENV) || { rm -rf $(VENV); echo "缺少 venv 模块 / the venv module is missing: apt-get install python3-venv" >&2; exit 1; }

$(DONE)/python: requirements/dev.txt | $(VENV)/bin/python
	@echo "· 安装 Python 依赖 / installing Python packages"
	@[ -x $(BIN)/uv ] || [ -x $(BIN)/pip ] || $(BIN)/python -m ensurepip >/dev/null
	@[ -x $(BIN)/uv ] || $(BIN)/pip install --quiet --disable-pip-version-check $(UV) || true  # only for speed; pip does as well
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt; \
	else $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; fi
	@mkdir -p $(DONE) && touch $@

$(DONE)/package: pyproject.toml $(DONE)/python
	@echo "· 安装本项目 / installing the project itself"
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	else $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; fi
	@touch $@

$(DONE)/node: package-lock.json
	@if ! command -v node >/dev/null || [ "$$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ] || ! command -v npm >/dev/null; then \
	  echo "需要 Node.js 20 以上和 npm / Node.js 20 or newer and npm are needed: apt-get install nodejs npm" >&2; exit 1; fi
	@echo "· 安装浏览器端依赖 / installing browser packages"
	@npm ci --no-fund --no-audit --no-update-notifier --ignore-scripts --loglevel=error
	@mkdir -p $(DONE) && touch $@

PAGES := $(shell find src/hotline -name '*.html' -o -name '*.py' -path '*desks*')

$(DONE)/assets: $(DONE)/node $(DONE)/package src/hotline/config/assets.py src/hotline/config/icons.py $(PAGES)
	@echo "· 复制浏览器文件 / copying browser files"
	@$(BIN)/hotline assets
	@touch $@

$(DONE)/messages: $(DONE)/package $(wildcard src/hotline/locale/*/LC_MESSAGES/*.po)
	@echo "· 编译译文 / compiling translations"
	@$(BIN)/hotline messages compile
	@touch $@

# The browser is for tests only, so its absence is said here and felt there.
$(DONE)/browser:
	@if command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then mkdir -p $(DONE) && touch $@; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "· 安装测试用浏览器和中文字体 / installing the browser and Chinese fonts for tests"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null; \
	  mkdir -p $(DONE) && touch $@; \
	else echo "· 浏览器测试还需要 / browser tests also need: sudo apt-get install chromium fonts-noto-cjk fontconfig"; fi
