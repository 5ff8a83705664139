# The author's and the maintainer's commands. `make` alone lists them.
# Material's notice of its end of life (May 2027) is known: CONTRIBUTING.md says what follows.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks:tools

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Folder of Markdown to build, and where the site goes; relative or absolute.
DOCS   ?= docs
OUT    ?= site
# `make site STRICT=` builds on in spite of warnings; CARDS=1 draws the pictures of shared links.
STRICT ?= 1
PORT   ?= 8000
# Not $(abspath …), which cuts a path at its spaces; the programs make them absolute.
export DOCS_DIR := $(DOCS)
export SITE_DIR := $(OUT)

ifeq ($(wildcard mkdocs.yml),)
$(error 这里不是文档仓库的根文件夹（没有 mkdocs.yml）。请先 cd 到 $(dir $(realpath $(firstword $(MAKEFILE_LIST)))) 再运行)
endif

.DEFAULT_GOAL := help
.PHONY: help check fix fuzz broken pictures glossary serve site test lint types unit lock clean bench bench-search fidelity audit

help:  ## 列出所有命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/site.stamp: requirements.txt
	sh tools/make_venv.sh "$(PYTHON)" $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/site.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

serve: $(VENV)/site.stamp  ## 预览：http://127.0.0.1:8000，保存即刷新；PORT=端口 可改
	@$(BIN)/python tools/serve.py "$(PORT)"

site: $(VENV)/site.stamp  ## 严格构建到 site/；DOCS=文件夹 OUT=输出 STRICT= 可改
	@$(BIN)/python tools/build_site.py $(if $(STRICT),--strict)

.PHONY: offline
offline: $(VENV)/site.stamp  ## 打包成 zip，没有网络也能打开；ZIP=文件 可改
	$(BIN)/python tools/offline.py $(if $(ZIP),"$(ZIP)")

# FORMAT=github or json; MESSAGES=en for English.
FORMAT   ?= text
MESSAGES ?=
check: $(VENV)/site.stamp  ## 检查文档：列出每处问题、所在行和改法；DOCS=文件夹 可改
	@$(BIN)/python tools/check.py --format=$(FORMAT) $(if $(MESSAGES),--language=$(MESSAGES))

fix: $(VENV)/site.stamp  ## 把有把握的修正写回文档，把别处的图片取回来：先看差异，再问是否写入；YES=1 不问，ONLY=pictures 只取图片，ONLY=text 不联网
	@$(BIN)/python tools/fix.py $(if $(YES),--yes) $(if $(ONLY),--only="$$ONLY")

lint: $(VENV)/dev.stamp  ## 代码风格
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp  ## 类型
	$(BIN)/mypy

unit: $(VENV)/dev.stamp  ## 不开浏览器的测试
	$(BIN)/pytest tests/unit tests/site

.PHONY: translate translated status review
translate: $(VENV)/site.stamp  ## 翻译：PAGE=docker 搭架子，或列出原文哪几节变了；TO=语言
	@$(BIN)/python tools/translate.py translate $(if $(PAGE),"$$PAGE") $(if $(TO),--to $(TO))

translated: $(VENV)/site.stamp  ## 译文核对好了：PAGE=docker 记下它译自现在的原文
	@$(BIN)/python tools/translate.py translated $(if $(PAGE),"$$PAGE") $(if $(TO),--to $(TO))

status: $(VENV)/site.stamp  ## 各页译文的状态，最该译的在前
	@$(BIN)/python tools/status.py

BASE ?= origin/main
review: $(VENV)/site.stamp  ## 这次改动让哪些译文落后了；BASE=合并到的分支
	@$(BIN)/python tools/review.py "$(BASE)"

broken: $(VENV)/site.stamp  ## 数一数建好的站点里断了的图片和链接；OUT=文件夹 可改
	@$(BIN)/python tools/broken.py "$$SITE_DIR"

# Ten properties, so FUZZ=12000 makes 120,000 pages; some five minutes.
FUZZ ?= 12000
# Pages composed from the grammar of tests/composed_pages.py; some twenty minutes.
COMPOSED ?= 100000
fuzz: $(VENV)/dev.stamp  ## 用十万个改坏的页面、几百个随机的文件夹试一试
	FUZZ=$(FUZZ) $(BIN)/pytest tests/unit/test_fuzz.py tests/unit/test_growth.py tests/unit/test_page_tree.py \
		tests/site/test_no_page_vanishes.py tests/site/test_long_pages.py
	FUZZ=$(FUZZ) $(BIN)/pytest tests/site/test_builds.py -k random_edits
	COMPOSED=$(COMPOSED) SEED=$$(date +%s) $(BIN)/pytest -s tests/unit/test_composed_pages.py

browser: $(VENV)/dev.stamp
	sh tools/find_browser.sh >/dev/null

test: lint types browser  ## 全部检查：风格、类型、单元、构建、真实的 Chromium
	$(BIN)/pytest

# Node.js is for this and for `make bench-search`.
LIGHTHOUSE := .cache/lighthouse
$(LIGHTHOUSE)/stamp: tools/lighthouse/package-lock.json
	@command -v npm >/dev/null || { echo "要有 Node.js 20 以上和 npm：Debian 上 apt-get install npm"; exit 2; }
	mkdir -p $(LIGHTHOUSE)
	cp tools/lighthouse/package.json tools/lighthouse/package-lock.json $(LIGHTHOUSE)
	npm ci --prefix $(LIGHTHOUSE) --silent --no-fund --no-audit
	@touch $@

audit: $(VENV)/dev.stamp $(LIGHTHOUSE)/stamp site browser  ## 在慢手机、慢网络上量一量：大小、LCP、CLS、axe、Lighthouse
	$(BIN)/python tools/audit.py "$$SITE_DIR"

pictures: $(VENV)/dev.stamp  ## 由 docs/**/src/ 里的 .svg 和 .session 画出页面里的 PNG 图
	$(BIN)/python tools/draw_pictures.py docs

# A measuring command: BENCH="100 500 2000" takes a while and wants the machine to itself.
BENCH ?= 100
bench: $(VENV)/site.stamp  ## 与原版 MkDocs、Zensical 比速度；BENCH="100 500" 改页数
	$(BIN)/python tools/bench.py $(BENCH)

glossary: $(VENV)/dev.stamp  ## 由 docs/glossary.yml 写出术语表页面
	$(BIN)/python tools/glossary.py
	@$(BIN)/python tools/translate.py translated docker/glossary

# Clones of the repositories that tests/search/*.yml name; nothing of them is copied here.
BASELINES := .cache/bench-search-venv
$(BASELINES)/stamp: requirements.txt
	$(PYTHON) -m venv $(BASELINES)
	$(BASELINES)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BASELINES)/bin/pip install --quiet --disable-pip-version-check jieba==0.42.1 "pagefind[extended]==1.5.2"
	@touch $@

MINISEARCH := .cache/minisearch
$(MINISEARCH)/stamp: tools/minisearch/package-lock.json
	@command -v npm >/dev/null || { echo "要有 Node.js 20 以上和 npm：Debian 上 apt-get install npm"; exit 2; }
	mkdir -p $(MINISEARCH)
	cp tools/minisearch/package.json tools/minisearch/package-lock.json $(MINISEARCH)
	npm ci --prefix $(MINISEARCH) --silent --no-fund --no-audit
	@touch $@

bench-search: $(VENV)/dev.stamp browser $(MINISEARCH)/stamp  ## 与别家比搜索；SETS="hello=hello-algo的克隆 hexo=…"
	@test -n "$(SETS)" || { echo 'SETS="名字=克隆 …"：名字见 tests/search/，例如 SETS="hello=../hello-algo"'; exit 2; }
	@$(MAKE) -s $(BASELINES)/stamp
	$(BIN)/python tools/bench_search.py $(SETS) --baselines $(BASELINES)/bin/python $(ARGS)

fidelity: $(VENV)/dev.stamp  ## 和作者所见比较：make fidelity DIR=文件夹
	$(BIN)/python tools/fidelity.py "$(or $(DIR),$(DOCS))"

lock: ## 重新锁定依赖（需要 uv）
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt

clean: ## 删除生成物和缓存
	rm -rf site .cache build offline
