/** HTML and data formats from a case. */
@NullMarked
package org.latentprint.report;

import org.jspecify.annotations.NullMarked;
