/**
 * Volumes and file systems of a disk image, read by The Sleuth Kit's library through the JDK's foreign-function interface.
 * The library gets its bytes from Java: it never opens a file, and a range of the image that cannot be read reaches it as an
 * error, not as zeros. All of this runs in the process that scans, which another one watches.
 */
@NullMarked
package org.latentprint.evidence.image.sleuthkit;

import org.jspecify.annotations.NullMarked;
