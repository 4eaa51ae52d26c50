/** Benchmarks of single parts; whole runs are timed by the scripts beside this module. */
@NullMarked
package org.latentprint.bench;

import org.jspecify.annotations.NullMarked;
