/** Where bytes come from: folders today; archives and disk images implement the same read-only random access. */
@NullMarked
package org.latentprint.evidence;

import org.jspecify.annotations.NullMarked;
