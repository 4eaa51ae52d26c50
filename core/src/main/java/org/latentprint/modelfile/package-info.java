/** Model files, said from their heads alone: nothing is loaded, unpickled or executed. */
@NullMarked
package org.latentprint.modelfile;

import org.jspecify.annotations.NullMarked;
