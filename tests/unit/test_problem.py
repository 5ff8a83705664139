from docskit.messages.problem import Problem, Severity

PROBLEM = Problem(
    "git.md", 12, 3, "image-missing", Severity.WARNING, "找不到图片", "image not found"
)


def test_a_problem_names_path_line_column_and_says_it_in_chinese() -> None:
    assert PROBLEM.format() == "docs/git.md:12:3: 找不到图片"


def test_english_is_asked_for_by_any_english_locale() -> None:
    assert PROBLEM.format(root="", language="en-GB") == "git.md:12:3: image not found"
