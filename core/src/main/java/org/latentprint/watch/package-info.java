/**
 * What watches over work on evidence: a process that starts the scanner as a child, and starts it again where it died, and a
 * thread that sees whether a check of a case moves.
 */
@NullMarked
package org.latentprint.watch;

import org.jspecify.annotations.NullMarked;
