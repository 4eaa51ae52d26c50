@NullMarked
package org.latentprint.container.c2pa;

import org.jspecify.annotations.NullMarked;
