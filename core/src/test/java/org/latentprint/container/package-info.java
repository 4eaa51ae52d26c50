@NullMarked
package org.latentprint.container;

import org.jspecify.annotations.NullMarked;
