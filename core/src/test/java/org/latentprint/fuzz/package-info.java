/** Searches for bytes that break a reader: what must hold for any bytes, and the seeds from which the search begins. */
@NullMarked
package org.latentprint.fuzz;

import org.jspecify.annotations.NullMarked;
