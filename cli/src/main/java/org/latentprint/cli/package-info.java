/** The command line: words in, results to standard output, progress and errors to standard error. */
@NullMarked
package org.latentprint.cli;

import org.jspecify.annotations.NullMarked;
