/** A file's format, read into metadata blocks, each with its byte offset and length. */
@NullMarked
package org.latentprint.container;

import org.jspecify.annotations.NullMarked;
