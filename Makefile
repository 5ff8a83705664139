# What `python3 run.py` does, for those who have make: `make serve PORT=8001`. `make` lists it all.
PYTHON ?= python3

ifeq ($(wildcard mkdocs.yml),)
$(error 这里不是文档仓库的根文件夹（没有 mkdocs.yml）。请先 cd 到 $(dir $(realpath $(firstword $(MAKEFILE_LIST)))) 再运行)
endif

VARIABLES := DOCS OUT PORT OPEN STRICT CARDS OUTSIDE BOOKS ZIP FORMAT MESSAGES YES ONLY PAGE TITLE TO DRAFT \
    ANSWER LIMIT READ SECTION BASE DIR FUZZ COMPOSED BENCH SETS ARGS FROM INDEX
COMMANDS := help serve new check fix site book offline setup translate translated status review broken outside \
    glossary pictures upgrade clean test unit lint types fuzz browser audit bench bench-search \
    fidelity lock
# By the environment, where make puts what it is given: a value may hold spaces, quotes, dollars.
GIVEN = $(foreach name,$(VARIABLES),$(if $(filter command environment,$(origin $(name))),$(name)="$$$(name)"))

.DEFAULT_GOAL := help
.PHONY: $(COMMANDS)
$(COMMANDS):
	@$(PYTHON) run.py $@ $(GIVEN)

# Any other word: run.py says which command it looks like.
.DEFAULT:
	@$(PYTHON) run.py $@
