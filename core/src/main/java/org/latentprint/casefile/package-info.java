/** The case: a private folder with an embedded analytic database, the audit log and the settings. */
@NullMarked
package org.latentprint.casefile;

import org.jspecify.annotations.NullMarked;
