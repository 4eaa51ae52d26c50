package org.latentprint.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser that reaches no network and notes what pages do. */
final class OfflineBrowser {
    static final int WIDTH = 1280;

    private static final Path BROWSER = Path.of(System.getProperty("latentprint.chromium", "/usr/bin/chromium"));
    private static final Path DRIVER = Path.of(System.getProperty("latentprint.chromedriver", "/usr/bin/chromedriver"));

    private OfflineBrowser() {}

    /** Skips a test where there is no browser, unless {@code latentprint.browser=required}. */
    static void assumePresent() {
        boolean present = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
        boolean required =
                "required".equals(System.getProperty("latentprint.browser", System.getenv("LATENTPRINT_BROWSER")));
        assumeTrue(present || required, "no browser: " + BROWSER + " or " + DRIVER + " is missing");
    }

    /**
     * Starts it.
     *
     * @param profile a folder for its own files
     */
    static ChromeDriver start(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        // What the page asks of the network, and what the browser refuses to ask for it.
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .build();
        ChromeDriver browser = new ChromeDriver(service, options);
        int frame =
                WIDTH - ((Number) Objects.requireNonNull(browser.executeScript("return window.innerWidth"))).intValue();
        Dimension size = browser.manage().window().getSize();
        browser.manage().window().setSize(new Dimension(size.getWidth() + frame, 900));
        return browser;
    }
}
