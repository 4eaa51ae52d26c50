/** Disk images: their formats, and the files, deleted files and free space inside them as items. */
@NullMarked
package org.latentprint.evidence.image;

import org.jspecify.annotations.NullMarked;
