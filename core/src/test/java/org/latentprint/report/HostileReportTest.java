package org.latentprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.fixture.HostileCase;
import org.latentprint.fixture.HostileTexts;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever evidence says, the report shows it: in a real browser no script runs and nothing is asked of the network. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileReportTest {
    private static final Set<String> ELEMENTS = Set.of(
            "a",
            "article",
            "aside",
            "bdi",
            "body",
            "br",
            "caption",
            "code",
            "col",
            "colgroup",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
            "footer",
            "g",
            "h1",
            "h2",
            "h3",
            "h4",
            "head",
            "header",
            "hr",
            "html",
            "li",
            "line",
            "main",
            "meta",
            "nav",
            "ol",
            "p",
            "path",
            "pre",
            "rect",
            "section",
            "small",
            "span",
            "strong",
            "style",
            "summary",
            "svg",
            "table",
            "tbody",
            "td",
            "text",
            "tfoot",
            "th",
            "thead",
            "time",
            "title",
            "tr",
            "ul",
            "wbr");

    @TempDir
    private static Path folder;

    private static @Nullable ChromeDriver started;
    private static Path report;

    @BeforeAll
    static void open() throws Exception {
        Path path = folder.resolve("case");
        HostileCase.create(path);
        report = folder.resolve("report.html");
        try (CaseFolder open = CaseFolder.openToRead(path, HostileCase.CLOCK)) {
            new ReportWriter().write(open.database().connection(), HostileCase.header(), report);
        }
        OfflineBrowser.assumePresent();
        started = OfflineBrowser.start(folder.resolve("profile"));
        show(report);
        browser().executeScript("document.querySelectorAll('details').forEach(fold => fold.open = true)");
        // Events that hostile attributes wait for.
        browser().executeScript("""
                document.querySelectorAll('*').forEach(e => {
                    for (const name of ['mouseover', 'focus', 'error', 'load', 'toggle', 'animationstart'])
                        e.dispatchEvent(new Event(name, {bubbles: true}));
                })""");
    }

    @AfterAll
    static void close() {
        if (started != null) {
            started.quit();
        }
    }

    /** A page that prints the texts as they are shows that the browser and these tests notice. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aPageWithoutCareRunsThemAndAsks() throws Exception {
        Path careless = folder.resolve("careless.html");
        Files.writeString(
                careless, "<title>a page</title>" + HostileTexts.MARKUP.getFirst() + HostileTexts.MARKUP.get(12));
        show(careless);
        assertThat(browser().getTitle()).isEqualTo(HostileTexts.RAN);
        assertThat(asked()).contains("https://garden.invalid/cat.png");
    }

    @Test
    void noScriptRanAndTheConsoleIsEmpty() {
        assertThat(browser().getTitle()).startsWith("Report LP-").doesNotContain(HostileTexts.RAN);
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void nothingIsAskedOfTheNetwork() {
        assertThat(asked()).containsExactly(report.toUri().toString());
        assertThat(texts("return performance.getEntriesByType('resource').map(entry => entry.name)"))
                .isEmpty();
    }

    @Test
    void theReportHasOnlyElementsAndAttributesOfItsOwn() {
        assertThat(texts("return [...new Set([...document.querySelectorAll('*')].map(e => e.localName))]"))
                .allSatisfy(name -> assertThat(ELEMENTS).contains(String.valueOf(name)));
        assertThat(texts("""
                return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes])
                    .filter(a => a.name.startsWith('on') || a.name === 'autofocus' || a.name === 'src'
                        || /^(href|xlink:href|action)$/.test(a.name) && !a.value.startsWith('#')
                        || a.name === 'style' && /url|expression|import/.test(a.value))
                    .map(a => a.name + '=' + a.value.slice(0, 60))""")).isEmpty();
        assertThat(texts("return [...document.querySelectorAll('meta[http-equiv]')].map(m => m.httpEquiv)"))
                .hasToString("[Content-Security-Policy]");
    }

    @Test
    void everyTextIsShown() {
        String shown = String.valueOf(browser().executeScript("return document.body.textContent"));
        for (String text : HostileTexts.all()) {
            assertThat(shown).contains(EvidenceText.line(text, 300).plain().replace(" […]", ""));
        }
    }

    @Test
    void nothingInTheFileHidesOrTurnsItsOrder() throws Exception {
        String html = Files.readString(report);
        assertThat(Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]")
                        .matcher(html)
                        .results()
                        .count())
                .isZero();
    }

    @Test
    void nothingIsWiderThanThePage() {
        assertThat(((Number) Objects.requireNonNull(
                                browser().executeScript("return document.scrollingElement.scrollWidth")))
                        .intValue())
                .isLessThanOrEqualTo(OfflineBrowser.WIDTH);
    }

    private static void show(Path page) {
        browser().get("about:blank");
        browser().manage().logs().get(LogType.PERFORMANCE);
        browser().get(page.toUri().toString());
    }

    /** Returns the addresses that were asked for since the page was opened. */
    private static Set<String> asked() {
        Set<String> asked = new TreeSet<>();
        for (LogEntry entry : browser().manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = JsonMapper.shared().readTree(entry.getMessage()).path("message");
            if (message.path("method").asString().equals("Network.requestWillBeSent")) {
                asked.add(message.at("/params/request/url").asString());
            }
        }
        return asked;
    }

    private static List<?> texts(String script) {
        return (List<?>) Objects.requireNonNull(browser().executeScript(script));
    }

    private static ChromeDriver browser() {
        return Objects.requireNonNull(started);
    }
}
