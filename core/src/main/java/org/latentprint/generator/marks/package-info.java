/** Marks of online services outside Content Credentials: which field holds which words, as a table. */
@NullMarked
package org.latentprint.generator.marks;

import org.jspecify.annotations.NullMarked;
