/** Digests of an item's bytes. */
@NullMarked
package org.latentprint.fingerprint;

import org.jspecify.annotations.NullMarked;
