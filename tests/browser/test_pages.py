from playwright.sync_api import Page


def test_the_home_page_opens_under_a_sub_path_in_both_languages(page: Page, own_url: str) -> None:
    for address, language in ((own_url, "zh"), (own_url + "en/", "en")):
        response = page.goto(address)
        assert response is not None and response.ok
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
