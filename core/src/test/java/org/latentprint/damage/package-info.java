/** What damage to a file may do to the findings: fewer, never others. */
@NullMarked
package org.latentprint.damage;

import org.jspecify.annotations.NullMarked;
