package org.latentprint.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ProcessorVectorsTest {
    /** Java says nothing of a command for a class that is not there. */
    @Test
    void theClassesThatJavaIsToldOfAreThere() {
        assertThat(ProcessorVectors.USERS)
                .isNotEmpty()
                .allSatisfy(name -> assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException());
        assertThat(ProcessorVectors.javaOptions()).contains("--add-modules=jdk.incubator.vector");
    }
}
