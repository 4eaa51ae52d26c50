/** ComfyUI's graphs: read from JSON in either form, and followed from the node that saved back to what it was made of. */
@NullMarked
package org.latentprint.generator.comfyui;

import org.jspecify.annotations.NullMarked;
