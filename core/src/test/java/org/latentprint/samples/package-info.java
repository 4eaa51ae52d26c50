/** Compares the readers' results with the samples that lie beside the repository; skipped where they are absent. */
@NullMarked
package org.latentprint.samples;

import org.jspecify.annotations.NullMarked;
