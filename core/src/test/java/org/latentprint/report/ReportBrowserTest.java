package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.CaseRowsFixture;
import org.latentprint.fixture.SampleCase;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Opens the report in a browser without network. Skipped without one, unless {@code latentprint.browser=required}. */
class ReportBrowserTest {

    @TempDir
    private static Path folder;

    private static @Nullable ChromeDriver started;

    private static Path report;

    @BeforeAll
    static void open() throws Exception {
        OfflineBrowser.assumePresent();
        // Kept below target/, so that it can be looked at after a build.
        report = Path.of("target", "report-sample", "report.html").toAbsolutePath();
        Files.createDirectories(report.getParent());
        Files.deleteIfExists(report);
        try (CaseRowsFixture rows = SampleCase.create(folder.resolve("case.duckdb"))) {
            rows.item(5_000, 1, "long/" + "x".repeat(600) + "/<script>alert(1)</script>\u202E.png", null)
                    .generation(5_000, 5_000, "<script>document.title='run'</script>" + "y".repeat(100_000), null);
            rows.add("generation_resource", 5_000L, 0, "lora", "z".repeat(300), 1.0);
            rows.add("generation_input", 5_000L, 0, "init", "w".repeat(380));
            new ReportWriter().write(rows.connection(), SampleCase.header(), report);
        }
        started = OfflineBrowser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (started != null) {
            started.quit();
        }
    }

    @BeforeEach
    void load() throws InterruptedException {
        // From another page: a step within the same one does not wait until it is loaded anew.
        browser().get("about:blank");
        browser().get(report.toUri().toString());
        for (int tries = 0;
                tries < 200 && !texts("return [document.readyState]").equals(List.of("complete"));
                tries++) {
            Thread.sleep(50);
        }
    }

    @Test
    void nothingRunsAndNothingIsReported() {
        assertThat(browser().getTitle()).startsWith("Report LP-");
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser().findElements(By.tagName("script"))).isEmpty();
    }

    @Test
    void nothingIsWiderThanThePage() {
        assertThat(number("return window.innerWidth")).isEqualTo(OfflineBrowser.WIDTH);
        openAllFolds();
        assertThat(number("return document.scrollingElement.scrollWidth")).isLessThanOrEqualTo(OfflineBrowser.WIDTH);
        assertThat(texts("""
                return [...document.querySelectorAll('main *')].filter(e => !e.closest('svg')
                    && (e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                        || (e.matches('td, th, dd, p, pre') && e.scrollWidth > e.clientWidth + 1)))
                    .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60))""")).isEmpty();
    }

    @Test
    void everyLinkLeadsToItsPlace() {
        assertThat(texts("""
                return [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
                    .filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))""")).isEmpty();
        List<WebElement> contents = browser().findElements(By.cssSelector("nav a"));
        assertThat(contents).hasSize(9);
        for (WebElement link : contents) {
            String target = Objects.requireNonNull(link.getDomAttribute("href")).substring(1);
            link.click();
            assertThat(number(
                            "return Math.round(document.getElementById('" + target + "').getBoundingClientRect().top)"))
                    .as(target)
                    .isBetween(-2L, 900L);
        }
    }

    @Test
    void aFoldOpensOnAClick() {
        WebElement fold = browser().findElement(By.cssSelector("#g1 details"));
        WebElement text = fold.findElement(By.cssSelector(".full-text"));
        assertThat(text.isDisplayed()).isFalse();
        fold.findElement(By.tagName("summary")).click();
        assertThat(text.isDisplayed()).isTrue();
    }

    @Test
    void printingOpensTheFolds() {
        browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        try {
            assertThat(number("return document.querySelector('#g1 .full-text').getBoundingClientRect().height"))
                    .isGreaterThan(5);
        } finally {
            browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        }
    }

    @Test
    void tablesHaveCaptionsAndHeadsWithScope() {
        assertThat(texts("""
                return [...document.querySelectorAll('table')].filter(t => !t.caption || !t.tHead
                    || [...t.querySelectorAll('th')].some(h => !h.scope)).map(t => t.outerHTML.slice(0, 80))""")).isEmpty();
    }

    private void openAllFolds() {
        browser().executeScript("document.querySelectorAll('details').forEach(fold => fold.open = true)");
    }

    private static long number(String script) {
        return ((Number) Objects.requireNonNull(browser().executeScript(script))).longValue();
    }

    private static List<?> texts(String script) {
        return (List<?>) Objects.requireNonNull(browser().executeScript(script));
    }

    private static ChromeDriver browser() {
        return Objects.requireNonNull(started);
    }
}
