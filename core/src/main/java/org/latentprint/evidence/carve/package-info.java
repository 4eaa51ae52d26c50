/** Finds files, and metadata that stand alone, in the unallocated space of an image, by their structure. */
@NullMarked
package org.latentprint.evidence.carve;

import org.jspecify.annotations.NullMarked;
