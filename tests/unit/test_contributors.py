from docskit.publishing.contributor_names import Contributor, all_contributors, people_of


def test_programs_are_no_people() -> None:
    counts = {"dependabot[bot]": 9, "github-actions": 3, "乙": 2, "甲": 2, "Robot Li": 1}
    assert people_of(counts) == ["乙", "甲", "Robot Li"]


def test_everybody_is_counted_by_pages() -> None:
    pages = [{"甲": 9, "乙": 1}, {"甲": 1}, {"dependabot[bot]": 4}]
    assert all_contributors(pages) == [Contributor("甲", 2), Contributor("乙", 1)]
