/** Archives as evidence: what is inside them, read into memory within bounds, never onto a disk. */
@NullMarked
package org.latentprint.evidence.archive;

import org.jspecify.annotations.NullMarked;
