package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaseSettingsTest {
    private static final CaseSettings FULL = new CaseSettings(
            Optional.of("12/2026"),
            Optional.of("A. \"Al\" Keeper \\ B"),
            Optional.of("Lab, 1 Harbour Road\nHarbour Town"),
            Optional.of("What was made here? \u00e4\ud83d\udeb2\u0007"),
            Optional.of(""),
            Profile.TRIAGE);

    @Test
    void pinsEveryDefault() {
        assertThat(CaseSettings.DEFAULT.toToml()).isEqualTo("""
                [case]

                [scan]
                profile = "full"
                """);
    }

    @Test
    void pinsEveryKey() {
        CaseSettings settings = new CaseSettings(
                Optional.of("1"),
                Optional.of("2"),
                Optional.of("3"),
                Optional.of("4"),
                Optional.of("5"),
                Profile.TRIAGE);
        assertThat(settings.toToml()).isEqualTo("""
                [case]
                number = "1"
                examiner = "2"
                laboratory = "3"
                purpose = "4"
                authority = "5"

                [scan]
                profile = "triage"
                """);
    }

    @Test
    void readsBackWhatItWrites() throws Exception {
        assertThat(CaseSettings.fromToml(FULL.toToml())).isEqualTo(FULL);
        assertThat(CaseSettings.fromToml(CaseSettings.DEFAULT.toToml())).isEqualTo(CaseSettings.DEFAULT);
        assertThat(CaseSettings.fromToml("")).isEqualTo(CaseSettings.DEFAULT);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> CaseSettings.fromToml("[scan]\nprofile = \"quick\""))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("quick")
                .hasMessageContaining("triage");
        assertThatThrownBy(() -> CaseSettings.fromToml("[case"))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("settings.toml");
        assertThatThrownBy(() -> CaseSettings.fromToml("[case]\nnumber = 7"))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("case.number");
    }
}
