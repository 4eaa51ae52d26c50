/** The process that watches over a scan: it starts the scanner as a child, and starts it again where it died. */
@NullMarked
package org.latentprint.watch;

import org.jspecify.annotations.NullMarked;
