/** Joins findings within and across exhibits, in SQL over the case. */
@NullMarked
package org.latentprint.link;

import org.jspecify.annotations.NullMarked;
