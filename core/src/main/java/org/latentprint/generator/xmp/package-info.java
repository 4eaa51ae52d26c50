/** XMP packets: properties and their values, read within bounds. */
@NullMarked
package org.latentprint.generator.xmp;

import org.jspecify.annotations.NullMarked;
