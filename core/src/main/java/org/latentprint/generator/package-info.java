/** Metadata blocks read into {@link org.latentprint.generator.Generation}s; one class for each program. */
@NullMarked
package org.latentprint.generator;

import org.jspecify.annotations.NullMarked;
