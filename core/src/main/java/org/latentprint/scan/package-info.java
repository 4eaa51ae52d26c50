/** The pipeline: walks a source, runs the readers on workers, hands findings to one writer. */
@NullMarked
package org.latentprint.scan;

import org.jspecify.annotations.NullMarked;
