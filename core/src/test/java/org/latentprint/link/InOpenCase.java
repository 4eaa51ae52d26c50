package org.latentprint.link;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;

/** An empty case that is open during a test, which writes rows into it in plain SQL. */
abstract class InOpenCase {
    @TempDir
    Path root;

    CaseFolder folder;

    @BeforeEach
    void makeCase() throws Exception {
        folder = CaseFolder.create(root.resolve("case"), CaseSettings.DEFAULT, InstantSource.system());
    }

    @AfterEach
    void close() throws Exception {
        folder.close();
    }
}
